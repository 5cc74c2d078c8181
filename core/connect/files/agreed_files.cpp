#include "core/connect/files/agreed_files.h"

#include <sys/stat.h>

#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "core/connect/files/pinned_folder.h"
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

/// SQLite would wait for a pipe, and does not follow a link.
Status noFileBeside(const std::string& path) {
    return {ErrorCode::Refused,
            RW_TEXT("files", "“%1”, which lies beside a database, is no regular file.").with(path),
            RW_TEXT("files", "See who made it, and remove it.")};
}

bool isSame(const FileState& opened, const struct stat& found) {
    return opened.sameFile(fileStateOf(found)) && opened.kind == fileStateOf(found).kind;
}

using FileNumber = decltype(FileIdentity::number);

/// Whether it is the file of then; one that was not there may be any.
bool isNumber(const FileNumber& agreed, const struct stat& found) {
    return !agreed || (agreed->first == found.st_dev && agreed->second == found.st_ino);
}

FileNumber numberOf(const std::optional<struct stat>& found) {
    return found ? FileNumber(std::in_place, found->st_dev, found->st_ino) : std::nullopt;
}

/// The condition on a database that is opened.
enum class MustBe {
    Same,     ///< the file that was there then, or none where there was none
    SameOrNo  ///< … or it is gone
};

/// The database at the path of `file`, which no link leads to; it may be any without `must`. `shown`: its path
/// as the pipeline has it.
Result<DatabaseFile> databaseAt(const FileIdentity& file, const std::optional<MustBe>& must,
                                const std::string& shown) {
    const fs::path& place = file.path;
    const std::optional<PinnedFolder> folder = PinnedFolder::at(place.parent_path());
    if (!folder) return anotherFile(shown);
    const std::optional<struct stat> found = folder->find(place.filename().native());
    if (found && S_ISLNK(found->st_mode)) return anotherFile(shown);
    for (const char* ending : {"-journal", "-wal", "-shm"}) {
        const std::string beside = place.native() + ending;
        const std::optional<struct stat> other = folder->find(fs::path(beside).filename().native());
        if (other && !S_ISREG(other->st_mode)) return noFileBeside(beside);
    }
    const FileNumber number = numberOf(found);
    const bool gone = !number && must == MustBe::SameOrNo;
    if (must && !gone && number != file.number) return anotherFile(shown);
    DatabaseFile database = folder->database(place.filename().native());
    if (number) database.number.emplace(number->first, number->second);
    return database;
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

    Result<DatabaseFile> database(const std::string& path) const override {
        const auto named = m_paths.find(path);
        if (named == m_paths.end()) return m_files->database(path);
        const bool first = !wasOpened(path);
        // A table is put in the place of another now and then, and links are turned, as of logs.
        const FileIdentity there = first ? named->second : FileIdentity::of(path);
        std::optional<MustBe> must;
        if (first && there.number) must = MustBe::Same;
        RW_TRY_ASSIGN(DatabaseFile file, databaseAt(there, must, path));
        setOpened(path);
        return file;
    }

    Result<std::unique_ptr<InputFile>> open(const std::string& path) const override {
        RW_TRY_ASSIGN(std::unique_ptr<InputFile> file, m_files->open(path));
        const bool named = m_paths.contains(path);
        const auto folder = named ? m_folders.end() : folderOf(path);
        if (!named && folder == m_folders.end()) return file;
        const std::string& what = named ? path : folder->first;
        if (wasOpened(what)) return file;  // logs are rotated, and links to them turned
        RW_TRY_ASSIGN(const FileState opened, file->state());
        const bool agreed =
            named ? isAgreed(m_paths.at(path), opened)
                  : liesIn(folder->second, fs::path(path).lexically_relative(what).native(), opened);
        if (!agreed) return anotherFile(path);
        setOpened(what);
        return file;
    }

 private:
    bool wasOpened(const std::string& what) const {
        const std::lock_guard lock(m_mutex);
        return m_opened.contains(what);
    }
    void setOpened(const std::string& what) const {
        const std::lock_guard lock(m_mutex);
        m_opened.insert(what);
    }
    using Folders = std::map<std::string, FileIdentity>;

    /// The folders that are named, and those below which a pattern is for files, each with where it led.
    static Folders foldersOf(const AgreedPaths& paths) {
        Folders folders;
        for (const auto& [path, led] : paths) {
            fs::path folder = withoutSlash(path), real = withoutSlash(led.path);
            FileNumber number = led.number;
            for (; isPattern(folder); folder = folder.parent_path(), real = real.parent_path()) number.reset();
            FileIdentity& known = folders[folder.native()];
            if (known.path.empty() || number) known = {real, number};
        }
        return folders;
    }
    static fs::path withoutSlash(const fs::path& path) {
        return path.has_filename() ? path : path.parent_path();
    }
    static bool isPattern(const fs::path& path) {
        return path.native().find_first_of("*?[") != std::string::npos;
    }
    /// The nearest that the file lies below.
    Folders::const_iterator folderOf(const fs::path& file) const {
        for (fs::path folder = file.parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
            const auto found = m_folders.find(folder.native());
            if (found != m_folders.end()) return found;
        }
        return m_folders.end();
    }
    static bool isAgreed(const FileIdentity& agreed, const FileState& opened) {
        const FileDescriptor there = openWithoutLinks(agreed.path.native());
        struct stat found {};
        return there.ok() && ::fstat(there.fd(), &found) == 0 && isSame(opened, found) &&
               isNumber(agreed.number, found);
    }
    /// `name` may be below folders that the pattern matches.
    static bool liesIn(const FileIdentity& folder, const std::string& name, const FileState& opened) {
        const FileDescriptor there = openWithoutLinks(folder.path.native());
        struct stat itself {}, found {};
        return there.ok() && ::fstat(there.fd(), &itself) == 0 && isNumber(folder.number, itself) &&
               ::fstatat(there.fd(), name.c_str(), &found, 0) == 0 && isSame(opened, found);
    }

    const AgreedPaths m_paths;
    const Folders m_folders = foldersOf(m_paths);
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
        RW_TRY(isAsAgreed(path));
        RW_TRY_ASSIGN(std::unique_ptr<OutputClaim> claimed, m_files->claim(path, part, mode));
        remember(path, m_claimed);
        return claimed;
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
        return moved(to, shown) ? anotherFile(shown) : m_files->rename(from, to, shown);
    }
    Status syncFolder(const std::string& path, const std::string& shown) override {
        return moved(path, shown) ? anotherFile(shown) : m_files->syncFolder(path, shown);
    }
    Status link(const std::string& from, const std::string& to, const std::string& shown) override {
        return m_files->link(from, to, shown);
    }
    std::vector<std::string> list(const std::string& folder) const override { return m_files->list(folder); }
    void remove(const std::string& path) override { m_files->remove(path); }
    void makeFolder(const std::string& path) override { m_files->makeFolder(path); }
    void removeFolder(const std::string& path) override { m_files->removeFolder(path); }
    std::optional<DiskRoom> roomAt(const std::string& folder) const override {
        return m_files->roomAt(folder);
    }
    Result<std::unique_ptr<OutputClaim>> claimFolder(const std::string& path) override {
        return m_files->claimFolder(path);
    }
    Result<DatabaseFile> database(const std::string& path) const override {
        const auto named = m_paths.find(path);
        if (named == m_paths.end()) return m_files->database(path);
        std::optional<MustBe> must;
        if (!isAmong(named->second, m_opened)) must = MustBe::SameOrNo;
        RW_TRY_ASSIGN(DatabaseFile file, databaseAt(named->second, must, path));
        remember(path, m_opened);
        return file;
    }

 private:
    /// The folder leads elsewhere than when it was agreed to.
    bool moved(const std::string& path, const std::string& shown) const {
        return m_paths.contains(shown) && !PinnedFolder::at(fs::path(path).parent_path());
    }
    /// Before the run has begun to write there: it makes and replaces files itself.
    Status isAsAgreed(const std::string& path) const {
        const auto named = m_paths.find(path);
        if (named == m_paths.end() || isAmong(named->second, m_claimed)) return {};
        const FileNumber& agreed = named->second.number;
        const Result<FileState> now = m_files->state(named->second.path.native());
        if (!now.ok()) return {};  // what was there is not lost by this run
        const bool same = agreed && agreed->first == now->device && agreed->second == now->inode;
        return same ? Status() : anotherFile(path);
    }
    using Places = std::set<std::string>;
    bool isAmong(const FileIdentity& file, const Places& locations) const {
        const std::lock_guard lock(m_mutex);
        return locations.contains(file.path.native());
    }
    void remember(const std::string& path, Places& locations) const {
        const auto named = m_paths.find(path);
        if (named == m_paths.end()) return;
        const std::lock_guard lock(m_mutex);
        locations.insert(named->second.path.native());
    }

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
        const FileDescriptor there = openWithoutLinks(place.native());
        struct stat found {};
        const bool same = there.ok() && ::fstat(there.fd(), &found) == 0 && isSame(state, found);
        return same ? std::move(opened) : Result<std::unique_ptr<OutputFile>>(anotherFile(shown));
    }

    const AgreedPaths m_paths;
    const std::shared_ptr<OutputFiles> m_files = systemOutputFiles();
    mutable std::mutex m_mutex{};
    mutable Places m_claimed{}, m_opened{};  ///< by where they led; the second ones are databases
};

}  // namespace

std::shared_ptr<const Files> agreedFiles(AgreedPaths paths) {
    return std::make_shared<const AgreedFiles>(std::move(paths));
}

std::shared_ptr<OutputFiles> agreedOutputFiles(AgreedPaths paths) {
    return std::make_shared<AgreedOutputFiles>(std::move(paths));
}

}  // namespace rw
