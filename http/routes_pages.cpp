#include "http/handlers/files.hpp"
#include "http/route_parts.hpp"

namespace suara::http {
namespace {

// The pages and what they load.
// clang-format off
const Route page_table[] = {
    {get, "/", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "portal.html"); }},
    {get, "/elections/{uuid}", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "portal.html"); }},
    {get, "/vote/{uuid}", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "vote.html"); }},
    {get, "/check", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "check.html"); }},
    {get, "/check/{uuid}", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "check.html"); }},
    {get, "/receipt", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "receipt.html"); }},
    {get, "/board/{uuid}", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "board.html"); }},
    {get, "/trustee", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "trustee.html"); }},
    {get, "/committee", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "committee.html"); }},
    {get, "/supervisor", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "supervisor.html"); }},
    {get, "/projector/{uuid}", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "projector.html"); }},
    {get, "/officer", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "officer.html"); }},
    {get, "/kiosk", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "kiosk.html"); }},
    {get, "/verify-help", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "verify-help.html"); }},
    {get, "/print/{uuid}/{rest}", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "print.html"); }},
    {get, "/copy-template.html", everybody, no_body, Where::files,
     [](D d) { return show_page(d.pages, "copy-template.html"); }},
    {get, "/setup", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "setup.html"); }},
    {get, "/account", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "account.html"); }},
    {get, "/assets/{rest}", everybody, no_body, Where::files, [](D d) { return show_asset(d.pages); }},
};
// clang-format on

}  // namespace

std::span<const Route> page_routes() { return page_table; }

}  // namespace suara::http
