#include "core/nodes/sources/received_params.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/connect/connections/secret_place.h"

namespace rw {

namespace {

constexpr const char *kBySplitItems = "items", *kBySplitLines = "lines", *kBySplitWhole = "whole";

}  // namespace

std::vector<ParamSpec> splitParams(const char* otherwise) {
    ParamSpec split =
        makeParam("split", ParamKind::Choice, RW_TEXT("received", "Rows are"),
                  RW_TEXT("received",
                          "What becomes a row: each element at a path of a JSON text, each line, or the "
                          "whole body."),
                  otherwise);
    split.choices = {{kBySplitItems, RW_TEXT("received", "Elements of JSON")},
                     {kBySplitLines, RW_TEXT("received", "Lines")},
                     {kBySplitWhole, RW_TEXT("received", "The whole body")}};
    ParamSpec items = makeParam(
        "items", ParamKind::String, RW_TEXT("received", "Rows are at"),
        RW_TEXT(
            "received",
            "The path to the rows in the JSON text: `$.data[*]` is each element of the array in the field "
            "`data`, `$[*]` each of the outermost array, and `$.data` the value itself."),
        "$.data[*]");
    items.appliesWhen = AppliesWhen{"split", {kBySplitItems}};
    ParamSpec skip = makeParam("skip_lines", ParamKind::Integer, RW_TEXT("received", "Skip lines"),
                               RW_TEXT("received",
                                       "So many lines at the beginning are no rows, such as the names of the "
                                       "columns in CSV."),
                               0);
    skip.min = 0;
    skip.max = 1'000;
    skip.appliesWhen = AppliesWhen{"split", {kBySplitLines}};
    return {std::move(split), std::move(items), std::move(skip)};
}

HttpItems bindSplit(BindContext& context) {
    HttpItems items;
    const std::string split = context.text("split");
    if (split == kBySplitWhole) return items;
    if (split == kBySplitLines) {
        items.kind = HttpItems::Kind::Lines;
        items.skip = static_cast<std::size_t>(std::max<std::int64_t>(context.integer("skip_lines"), 0));
        return items;
    }
    const std::string path = context.text("items");
    if (std::optional<HttpItems> parsed = parseHttpItems(path); parsed) return *std::move(parsed);
    context.error("items", RW_TEXT("received", "“%1” is no path to rows in a JSON text.").with(path),
                  RW_TEXT("received", "Write it as $.data[*], or $[*] for the outermost array."));
    return items;
}

ParamSpec listenParam(const char* otherwise) {
    return makeParam("listen", ParamKind::String, RW_TEXT("received", "Listen at"),
                     RW_TEXT("received",
                             "A number of this computer and a port. With `127.0.0.1` only programs of this "
                             "computer can send something; `0.0.0.0` is all its networks."),
                     otherwise);
}

std::optional<ListenAddress> bindListen(BindContext& context) {
    const Result<ListenAddress> address = parseListenAddress(context.text("listen"));
    if (!address.ok()) {
        context.error("listen", address.error().message, address.error().fix);
        return std::nullopt;
    }
    if (!isLoopbackAddress(*address)) {
        context.issue(
            Severity::Warning, "listen",
            RW_TEXT("received",
                    "Other computers can reach this address, and everybody on the way can read what "
                    "is sent, the token included."),
            RW_TEXT("received",
                    "Listen at 127.0.0.1, and put a server with TLS before it that passes requests "
                    "on."));
    }
    return *address;
}

ParamSpec tokenParam() {
    return makeParam("token", ParamKind::String, RW_TEXT("received", "Token"),
                     RW_TEXT("received",
                             "Where the token is that senders must show as `Authorization: Bearer …`: "
                             "`environment:NAME`, a variable of this program's environment, or "
                             "`keyring:NAME`, an entry of your keyring. Never the token itself."));
}

std::optional<SecretRef> bindToken(BindContext& context) {
    const std::string text = context.text("token");
    if (text.empty()) return std::nullopt;
    if (std::optional<SecretRef> token = parseSecretPlace(text)) return token;
    context.error("token", RW_TEXT("received", "This says not where the token is."),
                  RW_TEXT("received",
                          "Write environment: and the name of a variable, as environment:SHOP_TOKEN, or "
                          "keyring: and the name of an entry. The token itself does not belong here."));
    return std::nullopt;
}

Access listeningAccess(const ListenAddress& address, const std::string& path) {
    const std::string at = listenText(address) + path;
    Access access;
    access.target = "listen:" + listenText(address);
    access.description = isLoopbackAddress(address)
                             ? RW_TEXT("received", "What programs of this computer send to %1").with(at)
                             : RW_TEXT("received", "What anybody in the network sends to %1").with(at);
    access.alone = true;
    return access;
}

Access askingAccess(const std::string& url) {
    Access access;
    access.target = url;
    access.description = RW_TEXT("received", "Answers of %1").with(url);
    return access;
}

}  // namespace rw
