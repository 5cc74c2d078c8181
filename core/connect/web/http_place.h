// Where a node asks over HTTP: a connection of this computer, or an address alone.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/net/http_client.h"

namespace rw {

/// The server of a connection of a kind with a URL, with its token and its certificates. Where waiting is
/// allowed (NodeConnection::secret).
Result<HttpServer> httpServer(const NodeConnection& connection);
/// The headers that a connection sends with each request.
std::vector<HttpHeader> httpHeaders(const NodeConnection& connection);
/// One a line: “X-Team: shop”.
std::vector<HttpHeader> headersOfLines(std::string_view lines);

/// A path as it follows an address: “orders” and “/orders” are the same; “?x=1” stays.
std::string httpPath(std::string_view path);
/// “https://api.example:8443” of “https://api.example:8443/v1?x=1”.
std::string originOf(std::string_view address);

/// Whether an answer is a page for people.
bool isHtml(const HttpAnswer& answer);
/// What a person would read of a page first, on one line; of other texts their first line.
std::string firstWords(std::string_view body);
/// The error of an answer of 400 and above, with the first words of its body.
Status refusedWithWords(const HttpServer& server, const HttpAnswer& answer);

}  // namespace rw
