#include "core/connect/files/agreed_files.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>
#include <mutex>
#include <set>

#include "core/base/whole_file.h"
#include "core/connect/files/system_files.h"
#include "core/connect/files/system_output_files.h"

namespace rw {

namespace {

namespace fs = std::filesystem;

Status anotherFile(const std::string& path) {
    return {ErrorCode::Refused,
            RW_TEXT("files", "“%1” leads to another file than when you agreed to the run.").with(path),
            RW_TEXT("files", "See who changed it, and run the pipeline again.")};
}

/// The file at a path that holds no link, and is reached through none. A descriptor that only names it.
FileDescriptor withoutLinks(const std::string& path) {
    open_how how{};
    how.flags = O_PATH | O_CLOEXEC;
    how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const long opened = ::syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof how);
    if (opened >= 0 || errno != ENOSYS) return FileDescriptor(static_cast<int>(opened));
    return FileDescriptor(::open(path.c_str(), O_PATH | O_CLOEXEC | O_NOFOLLOW));  // Linux before 5.6
}

bool isSame(const FileState& opened, const struct stat& found) {
    return opened.sameFile(fileStateOf(found)) && opened.kind == fileStateOf(found).kind;
}

class AgreedFiles final : public Files {
 public:
    explicit AgreedFiles(AgreedPaths paths) : m_paths(std::move(paths)) {}

    Result<FileState> state(const std::string& path) const override { return m_files->state(path); }
    Result<std::vector<std::string>> list(const std::string& folder) const override {
        return m_files->list(folder);
    }
    std::vector<std::string> matching(const std::string& pattern) const override {
        return m_files->matching(pattern);
    }
    std::unique_ptr<InputStream> standardInput() const override { return m_files->standardInput(); }

    Result<std::unique_ptr<InputFile>> open(const std::string& path) const override {
        RW_TRY_ASSIGN(std::unique_ptr<InputFile> file, m_files->open(path));
        const fs::path folder = fs::path(path).parent_path();
        const bool named = m_paths.contains(path);
        if (!named && !m_folders.contains(folder.native())) return file;
        const std::string& what = named ? path : folder.native();
        {
            const std::lock_guard lock(m_mutex);
            if (m_opened.contains(what)) return file;  // logs are rotated, and links to them turned
        }
        RW_TRY_ASSIGN(const FileState opened, file->state());
        const bool agreed = named ? isAgreed(m_paths.at(path), opened)
                                  : liesIn(m_folders.at(what), fs::path(path).filename().native(), opened);
        if (!agreed) return anotherFile(path);
        const std::lock_guard lock(m_mutex);
        m_opened.insert(what);
        return file;
    }

 private:
    /// The folders that are named, and those whose files a pattern is for, each with where it led.
    static std::map<std::string, std::string> foldersOf(const AgreedPaths& paths) {
        std::map<std::string, std::string> folders;
        for (const auto& [path, led] : paths) {
            const fs::path name = fs::path(path).filename();  // none behind a slash at the end
            const bool pattern = name.native().find_first_of("*?[") != std::string::npos;
            const bool parent = pattern || name.empty();
            const std::string folder = parent ? fs::path(path).parent_path().native() : path;
            if (folder.find_first_of("*?[") != std::string::npos) continue;
            const bool ledParent = pattern || led.path.filename().empty();
            folders.emplace(folder, (ledParent ? led.path.parent_path() : led.path).native());
        }
        return folders;
    }
    static bool isAgreed(const FileIdentity& agreed, const FileState& opened) {
        const FileDescriptor there = withoutLinks(agreed.path.native());
        struct stat found {};
        if (!there.ok() || ::fstat(there.fd(), &found) != 0 || !isSame(opened, found)) return false;
        return !agreed.number ||
               (agreed.number->first == found.st_dev && agreed.number->second == found.st_ino);
    }
    static bool liesIn(const std::string& folder, const std::string& name, const FileState& opened) {
        const FileDescriptor there = withoutLinks(folder);
        struct stat found {};
        return there.ok() && ::fstatat(there.fd(), name.c_str(), &found, 0) == 0 && isSame(opened, found);
    }

    const AgreedPaths m_paths;
    const std::map<std::string, std::string> m_folders = foldersOf(m_paths);
    const std::shared_ptr<const Files> m_files = systemFiles();
    mutable std::mutex m_mutex{};
    mutable std::set<std::string> m_opened{};  ///< paths that were found to lead to the agreed file
};

class AgreedOutputFiles final : public OutputFiles {
 public:
    explicit AgreedOutputFiles(AgreedPaths paths) : m_paths(std::move(paths)) {}

    std::string target(const std::string& path) const override {
        const auto named = m_paths.find(path);
        return named != m_paths.end() ? named->second.path.native() : m_files->target(path);
    }
    Result<std::unique_ptr<OutputClaim>> claim(const std::string& path, const std::string& part,
                                               OutputClaim::Mode mode) override {
        if (m_files->target(path) != target(path)) return anotherFile(path);
        return m_files->claim(path, part, mode);
    }
    Result<std::unique_ptr<OutputFile>> open(const std::string& path, const std::string& shown) override {
        return checked(m_files->open(path, shown), path, shown);
    }
    Result<std::unique_ptr<OutputFile>> create(const std::string& path, const std::string& like,
                                               const std::string& shown) override {
        return checked(m_files->create(path, like, shown), path, shown);
    }
    Result<FileState> state(const std::string& path) const override { return m_files->state(path); }
    Status mayWrite(const std::string& path, const std::string& shown) const override {
        return m_files->mayWrite(path, shown);
    }
    Result<std::unique_ptr<InputFile>> reading(const std::string& path) const override {
        return m_files->reading(path);
    }
    std::unique_ptr<OutputFile> standardOutput() override { return m_files->standardOutput(); }
    Status rename(const std::string& from, const std::string& to, const std::string& shown) override {
        return m_files->rename(from, to, shown);
    }
    void remove(const std::string& path) override { m_files->remove(path); }
    void makeFolder(const std::string& path) override { m_files->makeFolder(path); }
    std::string sqliteVfs() const override { return m_files->sqliteVfs(); }

 private:
    /// The file written for a path that was agreed to is its target, or beside it: no folder on the way may
    /// have become a link. Pipes and devices hold nothing.
    Result<std::unique_ptr<OutputFile>> checked(Result<std::unique_ptr<OutputFile>> opened,
                                                const std::string& path, const std::string& shown) const {
        const auto named = m_paths.find(shown);
        if (!opened.ok() || named == m_paths.end()) return opened;
        RW_TRY_ASSIGN(const FileState state, (*opened)->state());
        if (state.kind != FileState::Kind::Regular) return opened;
        const fs::path& agreed = named->second.path;
        const fs::path place = path == shown ? agreed : agreed.parent_path() / fs::path(path).filename();
        const FileDescriptor there = withoutLinks(place.native());
        struct stat found {};
        const bool same = there.ok() && ::fstat(there.fd(), &found) == 0 && isSame(state, found);
        return same ? std::move(opened) : Result<std::unique_ptr<OutputFile>>(anotherFile(shown));
    }

    const AgreedPaths m_paths;
    const std::shared_ptr<OutputFiles> m_files = systemOutputFiles();
};

}  // namespace

std::shared_ptr<const Files> agreedFiles(AgreedPaths paths) {
    return std::make_shared<const AgreedFiles>(std::move(paths));
}

std::shared_ptr<OutputFiles> agreedOutputFiles(AgreedPaths paths) {
    return std::make_shared<AgreedOutputFiles>(std::move(paths));
}

}  // namespace rw
