// A folder that is held open: what is opened in it lies in it, whatever the links on the way say by then.
#pragma once
#include <sys/stat.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/base/files.h"
#include "core/base/whole_file.h"

namespace rw {

/// Opens the file or folder at a path that is no link, and is reached through none. The descriptor only names
/// it.
FileDescriptor openWithoutLinks(const std::string& path);

/// Any thread; copies are the same.
class PinnedFolder {
 public:
    /// Nothing: there is no folder at `path`, or a link is on the way.
    static std::optional<PinnedFolder> at(const std::filesystem::path& path);

    /// The state of the file that has the name in it; a link is not followed. Nothing: there is none.
    std::optional<struct stat> find(const std::string& name) const;
    /// The database of that name. SQLite finds it, its journal and its log through the descriptor, and follows
    /// none of them where it is a link.
    DatabaseFile database(const std::string& name) const;

 private:
    explicit PinnedFolder(std::shared_ptr<const FileDescriptor> folder) : m_folder(std::move(folder)) {}

    std::shared_ptr<const FileDescriptor> m_folder;
};

}  // namespace rw
