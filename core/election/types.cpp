#include "core/election/types.hpp"

#include <array>

namespace suara::election {
namespace {

constexpr std::array all_roles{Role::service, Role::administrator, Role::committee, Role::registrar,
                               Role::trustee, Role::supervisor,    Role::officer,   Role::witness,
                               Role::auditor, Role::voter,         Role::anyone};
constexpr std::array all_steps{Step::seal, Step::close, Step::certify, Step::cancel, Step::correct};

// A voter must leave no id behind, so the form of a voter's actor has no room for one. Staff answer for what they do.
enum class IdRule { never, may, must };
IdRule id_rule(Role role) {
  switch (role) {
    case Role::voter:
    case Role::anyone:
      return IdRule::never;
    case Role::service:
      return IdRule::may;
    case Role::administrator:
    case Role::committee:
    case Role::registrar:
    case Role::trustee:
    case Role::supervisor:
    case Role::officer:
    case Role::witness:
    case Role::auditor:
      return IdRule::must;
  }
  return IdRule::must;
}

}  // namespace

bool is_login(std::string_view text) {
  if (text.empty() || text.size() > max_login_length) return false;
  for (const char c : text) {
    const bool allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    if (!allowed) return false;
  }
  return true;
}

std::string_view phase_name(Phase phase) {
  switch (phase) {
    case Phase::draft:
      return "draft";
    case Phase::sealed:
      return "sealed";
    case Phase::open:
      return "open";
    case Phase::closed:
      return "closed";
    case Phase::tallied:
      return "tallied";
    case Phase::certified:
      return "certified";
    case Phase::cancelled:
      return "cancelled";
  }
  return "draft";
}

std::string_view role_name(Role role) {
  switch (role) {
    case Role::service:
      return "service";
    case Role::administrator:
      return "administrator";
    case Role::committee:
      return "committee";
    case Role::registrar:
      return "registrar";
    case Role::trustee:
      return "trustee";
    case Role::supervisor:
      return "supervisor";
    case Role::officer:
      return "officer";
    case Role::witness:
      return "witness";
    case Role::auditor:
      return "auditor";
    case Role::voter:
      return "voter";
    case Role::anyone:
      return "anyone";
  }
  return "anyone";
}

std::optional<Role> role_from_name(std::string_view name) {
  for (const Role role : all_roles) {
    if (role_name(role) == name) return role;
  }
  return std::nullopt;
}

std::string_view policy_name(TallyPolicy policy) {
  switch (policy) {
    case TallyPolicy::live:
      return "live";
    case TallyPolicy::sealed:
      return "sealed";
  }
  return "sealed";
}

std::string_view policy_name(RevotePolicy policy) {
  switch (policy) {
    case RevotePolicy::last_counts:
      return "last-counts";
    case RevotePolicy::refused:
      return "refused";
  }
  return "refused";
}

std::string_view policy_name(VerificationPolicy policy) {
  switch (policy) {
    case VerificationPolicy::online:
      return "online";
    case VerificationPolicy::polling_place:
      return "polling-place";
    case VerificationPolicy::both:
      return "both";
  }
  return "online";
}

std::string_view policy_name(ApprovalPolicy policy) {
  switch (policy) {
    case ApprovalPolicy::single:
      return "single";
    case ApprovalPolicy::two:
      return "two";
  }
  return "two";
}

std::string_view step_name(Step step) {
  switch (step) {
    case Step::seal:
      return "seal";
    case Step::close:
      return "close";
    case Step::certify:
      return "certify";
    case Step::cancel:
      return "cancel";
    case Step::correct:
      return "correct";
  }
  return "correct";
}

std::optional<Step> step_from_name(std::string_view name) {
  for (const Step step : all_steps) {
    if (step_name(step) == name) return step;
  }
  return std::nullopt;
}

std::string Actor::text() const {
  std::string out(role_name(role));
  if (!id.empty()) {
    out += ':';
    out += id;
  }
  return out;
}

Result<void> check_actor(const Actor& actor) {
  const IdRule rule = id_rule(actor.role);
  const std::string role(role_name(actor.role));
  if (actor.id.empty()) {
    if (rule != IdRule::must) return {};
    return fail(ErrorCode::malformed, "The actor '" + role + "' needs an id: write '" + role + ":<login>'.");
  }
  if (rule == IdRule::never) {
    return fail(ErrorCode::malformed, "The actor '" + role + "' never has an id: leave it out.");
  }
  if (!is_login(actor.id)) {
    return fail(ErrorCode::malformed, "An actor's id is 1 to 32 of the characters a-z, 0-9, '.', '_' and '-'.");
  }
  return {};
}

Result<Actor> Actor::parse(std::string_view text) {
  const auto colon = text.find(':');
  const auto role = role_from_name(text.substr(0, colon));
  if (!role) {
    return fail(ErrorCode::malformed, "An actor must be a role, or a role and an id such as 'committee:ani'.");
  }
  Actor actor{*role, ""};
  if (colon != std::string_view::npos) {
    actor.id = std::string(text.substr(colon + 1));
    if (actor.id.empty()) return fail(ErrorCode::malformed, "An actor's id may not be empty: leave out the ':'.");
  }
  if (auto ok = check_actor(actor); !ok) return fail(std::move(ok).error());
  return actor;
}

}  // namespace suara::election
