#include "core/connect/hadoop/webhdfs_place.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "core/connect/web/http_items.h"
#include "core/pipeline/json/json_scan.h"

namespace rw {

namespace {

std::string percentEncoded(std::string_view text, std::string_view plain) {
    std::string out;
    for (const char c : text) {
        if (isAsciiLetter(c) || isAsciiDigit(c) || plain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        }
    }
    return out;
}

std::uint64_t numberAt(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

std::string_view trimmedHost(std::string_view text) {
    while (!text.empty() && isAsciiBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isAsciiBlank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace

std::optional<std::string> webhdfsPath(std::string_view text) {
    if (std::any_of(text.begin(), text.end(), isAsciiControl)) return std::nullopt;
    std::string path;
    for (const std::string& part : partsOfPath(text)) {
        if (part == "." || part == ".." || part.find(':') != std::string::npos) return std::nullopt;
        path += '/' + part;
    }
    return path.empty() ? "/" : path;
}

std::string encodedPath(std::string_view path) {
    return percentEncoded(path, "-_.~/");
}

std::string encodedValue(std::string_view value) {
    return percentEncoded(value, "-_.~");
}

std::string joinedPath(const std::string& folder, std::string_view name) {
    std::string path = folder;
    if (!name.empty() && !path.ends_with('/')) path += '/';
    return path += name;
}

bool isHdfsPattern(std::string_view path) {
    return path.find_first_of("*?") != std::string_view::npos;
}

bool matchesPattern(std::string_view name, std::string_view pattern) {
    // Where the last * began, and how much of the name it has taken: no other one has to be tried again.
    std::size_t n = 0, p = 0, star = std::string_view::npos, taken = 0;
    while (n < name.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || (pattern[p] != '*' && pattern[p] == name[n]))) {
            ++n;
            ++p;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++taken;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::vector<std::string> partsOfPath(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        if (slash > 0) parts.emplace_back(path.substr(0, slash));
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return parts;
}

bool isHiddenFile(std::string_view name) {
    return name.starts_with('.') || name.starts_with('_') || name.ends_with("._COPYING_") ||
           name.ends_with(".inprogress");
}

std::optional<WebhdfsStatus> parseFileStatus(std::string_view json) {
    const Result<Json> read = parseJson(json);
    if (!read.ok() || !read->is_object()) return std::nullopt;
    const auto type = read->find("type"), name = read->find("pathSuffix");
    if (type == read->end() || !type->is_string()) return std::nullopt;
    WebhdfsStatus status;
    status.folder = *type == "DIRECTORY";
    if (name != read->end() && name->is_string()) status.name = name->get<std::string>();
    // A name with a slash would lead out of the folder.
    if (status.name.find('/') != std::string::npos || status.name == "..") return std::nullopt;
    status.bytes = numberAt(*read, "length");
    status.changed = static_cast<Instant>(numberAt(*read, "modificationTime") & ~(std::uint64_t{1} << 63));
    return status;
}

std::optional<WebhdfsStatus> statusOfAnswer(std::string_view body) {
    std::optional<WebhdfsStatus> status;
    (void)eachItem(*parseHttpItems("$.FileStatus"), body,
                   [&status](std::string_view item) { status = parseFileStatus(item); });
    return status;
}

std::optional<std::vector<WebhdfsStatus>> listingOfAnswer(std::string_view body) {
    std::vector<WebhdfsStatus> all;
    bool sound = true;
    const bool found = eachItem(*parseHttpItems("$.FileStatuses.FileStatus[*]"), body,
                                [&all, &sound](std::string_view item) {
                                    std::optional<WebhdfsStatus> status = parseFileStatus(item);
                                    sound = sound && status.has_value();
                                    if (status) all.push_back(*std::move(status));
                                });
    if (!found || !sound) return std::nullopt;
    return all;
}

std::string hostOfAddress(std::string_view address) {
    const std::size_t scheme = address.find("://");
    if (scheme != std::string_view::npos) address.remove_prefix(scheme + 3);
    address = address.substr(0, address.find_first_of("/?#"));
    const std::size_t end = address.starts_with('[') ? address.find(']') : std::string_view::npos;
    return inAsciiSmall(end != std::string_view::npos ? address.substr(0, end + 1)
                                                      : address.substr(0, address.find(':')));
}

bool namesHost(std::string_view list, std::string_view host) {
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view each = trimmedHost(list.substr(0, comma));
        if (!each.empty() && matchesPattern(inAsciiSmall(host), inAsciiSmall(each))) return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

}  // namespace rw
