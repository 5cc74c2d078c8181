// What a source reads of WebHDFS, and how far it is. Plain data.
#pragma once
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/connect/formats/received_messages.h"
#include "core/stream/source.h"

namespace rw {

struct WebhdfsReading {
    std::string path{};   ///< webhdfsPath(), perhaps with patterns
    bool header = false;  ///< the first line of each file is no row
    bool blank = false;   ///< empty lines are rows
    /// Files that come later are read, too, and what is appended to those that were.
    bool follow = false;
    Millis every = 10'000;  ///< between two looks for them
    std::optional<Millis> giveUpAfter{};
};

/// How far a file was read.
struct WebhdfsLength {
    std::uint64_t bytes = 0;
    std::uint64_t checksum = 0;  ///< of the last of them (FileTail), by which the file is known again
};

/// A file that was read up to a length; one that was forgotten has none.
struct WebhdfsPassed {
    std::uint64_t file = 0;  ///< hash of its path
    std::optional<WebhdfsLength> length{};
};

struct WebhdfsPosition {
    std::unordered_map<std::uint64_t, WebhdfsLength> passed{};  ///< by the hashes of their paths
    std::string file{};                                         ///< that is being read; empty: none
    WebhdfsLength before{};                                     ///< what of it is before the next row
    std::uint64_t length = 0;                                   ///< up to which it is read
    bool skipping = false;  ///< that place is within a row that is too long
};

/// Rows of one file, or none: its end.
struct WebhdfsChunk final : Chunk {
    // The position behind it: what is new of it.
    std::vector<WebhdfsPassed> passed{};
    std::string file{};  ///< empty: none is being read
    WebhdfsLength before{};
    std::uint64_t length = 0;
    bool skipping = false;
    std::uint64_t bytesDone = 0;  ///< of all files, since the run began
    bool overlong = false;        ///< the message is the beginning of a row that is too long
    ReceivedMessages messages{};
};

/// Bytes since the run began; any thread.
struct WebhdfsAmount {
    std::atomic<std::uint64_t> done{0}, all{0};
};

/// Of a path, among WebhdfsPosition::passed.
std::uint64_t hashOfPath(const std::string& path);

}  // namespace rw
