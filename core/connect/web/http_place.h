// Where a node asks over HTTP, and answers that are not what was asked for.
#pragma once
#include <string>
#include <string_view>

#include "core/connect/connections/http_connection.h"
#include "core/net/http_client.h"

namespace rw {

/// A path as it follows an address: “orders” and “/orders” are the same; “?x=1” stays.
std::string httpPath(std::string_view path);
/// An error where no request can be sent to that address.
Status usableUrl(const std::string& url);
/// “https://api.example:8443” of “https://api.example:8443/v1?x=1”.
std::string originOf(std::string_view address);

/// Whether an answer is a page for people.
bool isHtml(const HttpAnswer& answer);
/// The error of one that is such a page, be its status one of success: a gateway may have sent it.
Status pageForPeople(const HttpServer& server, const HttpAnswer& answer);
/// What a person would read of a page first, on one line; of other texts their first line.
std::string firstWords(std::string_view body);
/// The error of an answer of 400 and above, with the first words of its body.
Status refusedWithWords(const HttpServer& server, const HttpAnswer& answer);

}  // namespace rw
