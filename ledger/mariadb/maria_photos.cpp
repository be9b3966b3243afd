#include "ledger/mariadb/maria_photos.hpp"

namespace suara::ledger::mariadb {
namespace {

tl::unexpected<Error> photo_error(Error error) {
  error.code = ErrorCode::unavailable;
  return fail(std::move(error));
}

}  // namespace

Result<void> MariaPhotos::add(const Hash& hash, const Photo& photo) {
  auto connection = pool_.acquire();
  if (!connection) return photo_error(std::move(connection).error());
  const auto stored = (*connection)->query("SELECT COUNT(*) FROM photos WHERE hash <> ?", {hash});
  if (!stored) return photo_error(stored.error());
  if ((*stored)[0].u64(0) >= max_photos) {
    return fail(ErrorCode::too_large, "There are 5,000 pictures already, which is as many as this service keeps.");
  }
  const auto added = (*connection)
                         ->run("INSERT IGNORE INTO photos (hash, type, content) VALUES (?, ?, ?)",
                               {hash, photo.type, as_bytes(photo.content)});
  if (!added) return photo_error(added.error());
  return {};
}

Result<std::optional<Photo>> MariaPhotos::find(const Hash& hash) {
  auto connection = pool_.acquire();
  if (!connection) return photo_error(std::move(connection).error());
  const auto rows = (*connection)->query("SELECT type, content FROM photos WHERE hash = ?", {hash});
  if (!rows) return photo_error(rows.error());
  if (rows->empty()) return std::nullopt;
  return Photo{std::string((*rows)[0].text(0)), std::string((*rows)[0].text(1))};
}

}  // namespace suara::ledger::mariadb
