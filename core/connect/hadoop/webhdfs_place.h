// Paths of WebHDFS, patterns of them, and what the file system says of its files.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"

namespace rw {

/// Absolute, without slashes too many: “data/in/” and “/data//in” are “/data/in”. Nothing: it can't be the
/// path of a file there.
std::optional<std::string> webhdfsPath(std::string_view text);
/// For an address: all but letters, digits, and the few marks that mean nothing there, as %20; slashes stay.
std::string encodedPath(std::string_view path);
/// The same for the value of a parameter.
std::string encodedValue(std::string_view value);
std::string joinedPath(const std::string& folder, std::string_view name);

/// Whether a path, or a part of one, has * or ? in it.
bool isHdfsPattern(std::string_view path);
/// Whether a name is one that a pattern stands for: * is any number of bytes, ? one.
bool matchesPattern(std::string_view name, std::string_view pattern);
/// The parts of a path: “a”, “b” of “/a/b”.
std::vector<std::string> partsOfPath(std::string_view path);
/// What programs of Hadoop pass over (names that begin with “.” or “_”), and files that are being written.
bool isHiddenFile(std::string_view name);

struct WebhdfsStatus {
    std::string name{};  ///< without that of its folder; empty: what was asked for itself
    bool folder = false;
    std::uint64_t bytes = 0;
    Instant changed = 0;  ///< by the clock of the file system
};
/// Of an object “FileStatus”.
std::optional<WebhdfsStatus> parseFileStatus(std::string_view json);
/// The answers of GETFILESTATUS and LISTSTATUS. Nothing: they are something else.
std::optional<WebhdfsStatus> statusOfAnswer(std::string_view body);
std::optional<std::vector<WebhdfsStatus>> listingOfAnswer(std::string_view body);

/// The host of an address, without its port: “[::1]”, “datanode”.
std::string hostOfAddress(std::string_view address);
/// Whether a list such as “data-1, *.hadoop.example” names the host.
bool namesHost(std::string_view list, std::string_view host);

}  // namespace rw
