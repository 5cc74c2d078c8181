// Which files a path of WebHDFS names: itself, those of a folder, or those that a pattern stands for.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/hadoop/webhdfs_place.h"

namespace rw {

/// A walk through the folders that are to be listed, one after the other. Single-threaded.
class WebhdfsFinder {
 public:
    /// `path` as webhdfsPath() gives it, perhaps with patterns in any of its parts.
    explicit WebhdfsFinder(const std::string& path);

    /// From the beginning.
    void begin();
    /// The folder to be listed next; nothing: all were.
    std::optional<std::string> next() const;
    /// What next() holds; nothing: there is no such folder. Takes the files that were found in it.
    void take(const std::optional<std::vector<WebhdfsStatus>>& listing);
    /// The path itself is not there, whose parts before a pattern at least must be.
    bool lacksRoot() const { return m_lacksRoot; }
    /// By their whole paths, in the order of these; once next() gives nothing.
    std::vector<WebhdfsStatus> takeFiles();

 private:
    struct Folder {
        std::string path{};
        std::size_t part = 0;  ///< that its content is compared with; behind the last: all files of it
    };
    const std::vector<std::string> m_parts;
    Folder m_root{};
    std::vector<Folder> m_left{};
    std::vector<WebhdfsStatus> m_files{};
    bool m_lacksRoot = false;
};

}  // namespace rw
