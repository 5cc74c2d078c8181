#include "core/compare/own_folder.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "core/cluster/seen_here.h"

namespace rw {

namespace fs = std::filesystem;

Result<std::string> targetFolderHere(const Target& target) {
    std::string folder = folderSeenHere(target.folder);
    if (!folder.empty() || target.folder.empty()) return folder;
    return Status(
        ErrorCode::Invalid,
        RW_TEXT("compare",
                "The folder of “%1” is not on this computer: %2. Copies of rows can't be put there.")
            .with(target.name, target.folder),
        RW_TEXT("compare", "Choose a target whose folder is a path that is seen here, too."));
}

OwnFolder::~OwnFolder() {
    std::error_code ignored;
    if (!m_path.empty()) fs::remove_all(m_path, ignored);
}

Status OwnFolder::make(const std::string& base) {
    std::error_code ignored;
    const fs::path place = base.empty() ? fs::temp_directory_path(ignored) : fs::path(base);
    std::string name = (place / "rillwright-compare-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        return {ErrorCode::Io, RW_TEXT("compare", "No folder can be made in “%1”.").with(place.string()),
                RW_TEXT("compare", "Make it writable, or set TMPDIR to another one.")};
    m_path = name;
    const fs::perms others = base.empty() ? fs::perms::none : fs::status(place, ignored).permissions();
    fs::permissions(m_path, fs::perms::owner_all | (others & fs::perms::mask), ignored);
    return {};
}

}  // namespace rw
