#include "tests/simulate/disk_files.h"

#include <fnmatch.h>

#include <cerrno>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

#include "tests/simulate/sqlite_vfs.h"

namespace rw::simulated {

namespace {

Status failed(int code, const std::string& path) {
    if (code == ENOENT) return {ErrorCode::NotFound, RW_TEXT("simulate", "“%1” is not there.").with(path)};
    return unwritable({code, std::generic_category()}, path);
}

Result<FileState> stateOf(const Disk& disk, const std::string& path) {
    if (const DiskFileRef file = disk.find(path)) return file->state();
    if (disk.isFolder(path)) return FileState{FileState::Kind::Folder, 1, 0, 0, 0};
    return failed(ENOENT, path);
}

class OpenInput final : public InputFile {
 public:
    OpenInput(Disk& disk, DiskFileRef file, std::string path)
        : m_disk(disk), m_file(std::move(file)), m_path(std::move(path)) {}
    Result<std::size_t> read(std::uint64_t offset, std::span<char> into) override {
        std::size_t bytes = into.size();
        if (const int code = m_disk.read(m_file, m_path, offset, into.data(), bytes); code != 0)
            return failed(code, m_path);
        return bytes;
    }
    Result<FileState> state() const override { return m_file->state(); }

 private:
    Disk& m_disk;
    const DiskFileRef m_file;
    const std::string m_path;
};

class NoInput final : public InputStream {
 public:
    Result<Read> read(std::span<char>) override { return Read{0, true}; }
};

class DiskInputs final : public Files {
 public:
    explicit DiskInputs(Disk& disk) : m_disk(disk) {}
    Result<FileState> state(const std::string& path) const override { return stateOf(m_disk, path); }
    Result<std::unique_ptr<InputFile>> open(const std::string& path) const override {
        DiskFileRef file;
        if (const int code = m_disk.open(path, false, file); code != 0) return failed(code, path);
        return std::unique_ptr<InputFile>(std::make_unique<OpenInput>(m_disk, std::move(file), path));
    }
    Result<std::vector<std::string>> list(const std::string& folder) const override {
        return matching(folder + "/*");
    }
    std::vector<std::string> matching(const std::string& pattern) const override {
        std::vector<std::string> found;
        for (std::string& path : m_disk.paths()) {
            if (::fnmatch(pattern.c_str(), path.c_str(), FNM_PATHNAME) == 0) found.push_back(std::move(path));
        }
        return found;
    }
    std::unique_ptr<InputStream> standardInput() const override { return std::make_unique<NoInput>(); }

 private:
    Disk& m_disk;
};

class OpenOutput final : public OutputFile {
 public:
    OpenOutput(Disk& disk, DiskFileRef file, std::string path, std::string shown)
        : m_disk(disk), m_file(std::move(file)), m_path(std::move(path)), m_shown(std::move(shown)) {}
    bool waits() const override { return false; }
    bool awaitWritable(Millis) override { return true; }
    Result<std::size_t> write(std::string_view bytes) override {
        std::size_t taken = 0;
        if (const int code = m_disk.write(m_file, m_path, m_at, bytes, taken); code != 0)
            return failed(code, m_shown);
        m_at += taken;
        return taken;
    }
    Status clear() override { return cut(0); }
    Status cut(std::uint64_t size) override {
        const int code = m_disk.truncate(m_file, m_path, size);
        if (code != 0) return failed(code, m_shown);
        m_at = size;
        return {};
    }
    Status sync() override {
        const int code = m_disk.sync(m_file, m_path);
        return code == 0 ? Status() : failed(code, m_shown);
    }
    Result<FileState> state() const override { return m_file->state(); }
    Status close() override { return {}; }

 private:
    Disk& m_disk;
    const DiskFileRef m_file;
    const std::string m_path, m_shown;
    std::uint64_t m_at = 0;
};

/// Which parts of which files are claimed, and by how many.
struct Claims {
    std::map<std::pair<std::string, std::string>, int> shared{}, alone{};
};

class Claim final : public OutputClaim {
 public:
    Claim(std::shared_ptr<Claims> claims, std::pair<std::string, std::string> what, Mode mode)
        : m_claims(std::move(claims)), m_what(std::move(what)), m_mode(mode) {
        ++counts()[m_what];
    }
    ~Claim() override { --counts()[m_what]; }
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;
    bool unguarded() const override { return false; }

 private:
    std::map<std::pair<std::string, std::string>, int>& counts() {
        return m_mode == Mode::Alone ? m_claims->alone : m_claims->shared;
    }
    const std::shared_ptr<Claims> m_claims;
    const std::pair<std::string, std::string> m_what;
    const Mode m_mode;
};

class DiskOutputs final : public OutputFiles {
 public:
    explicit DiskOutputs(Disk& disk) : m_disk(disk) {}
    std::string target(const std::string& path) const override { return path; }
    Result<FileState> state(const std::string& path) const override { return stateOf(m_disk, path); }
    Status mayWrite(const std::string&, const std::string&) const override { return {}; }
    Result<std::unique_ptr<InputFile>> reading(const std::string& path) const override {
        return filesOf(m_disk)->open(path);
    }
    std::unique_ptr<OutputFile> standardOutput() override {
        return std::make_unique<OpenOutput>(m_disk, std::make_shared<DiskFile>(), "-", "-");
    }
    Result<std::unique_ptr<OutputFile>> open(const std::string& path, const std::string& shown) override {
        DiskFileRef file;
        if (const int code = m_disk.open(path, true, file); code != 0) return failed(code, shown);
        return std::unique_ptr<OutputFile>(
            std::make_unique<OpenOutput>(m_disk, std::move(file), path, shown));
    }
    Result<std::unique_ptr<OutputFile>> create(const std::string& path, const std::string&,
                                               const std::string& shown) override {
        if (m_disk.find(path)) return failed(EEXIST, shown);
        return open(path, shown);
    }
    Status rename(const std::string& from, const std::string& to, const std::string& shown) override {
        if (const int code = m_disk.rename(from, to); code != 0) return failed(code, shown);
        return syncFolder(to, shown);  // as on a machine: the rename has been done
    }
    Status syncFolder(const std::string& path, const std::string& shown) override {
        if (const int code = m_disk.syncFolder(path); code != 0) return failed(code, shown);
        return m_disk.dead() ? failed(EIO, shown) : Status();
    }
    Status link(const std::string& from, const std::string& to, const std::string& shown) override {
        const int code = m_disk.link(from, to);
        return code == 0 ? Status() : failed(code, shown);
    }
    std::vector<std::string> list(const std::string& folder) const override {
        std::vector<std::string> paths = m_disk.paths();
        std::erase_if(paths, [&](const std::string& path) { return !path.starts_with(folder + '/'); });
        return paths;
    }
    void remove(const std::string& path) override { (void)m_disk.remove(path, false); }
    void makeFolder(const std::string& path) override { m_disk.makeFolder(path); }
    Result<std::unique_ptr<OutputClaim>> claim(const std::string& path, const std::string& part,
                                               OutputClaim::Mode mode) override {
        const std::pair<std::string, std::string> what{path, part};
        const auto taken = [&](const std::map<std::pair<std::string, std::string>, int>& counts) {
            const auto found = counts.find(what);
            return found != counts.end() && found->second > 0;
        };
        if (taken(m_claims->alone) || (mode == OutputClaim::Mode::Alone && taken(m_claims->shared)))
            return failed(EBUSY, path);
        return std::unique_ptr<OutputClaim>(std::make_unique<Claim>(m_claims, what, mode));
    }
    Result<DatabaseFile> database(const std::string& path) const override {
        return DatabaseFile{path, SqliteVfs::name(), {}, {}};
    }

 private:
    Disk& m_disk;
    const std::shared_ptr<Claims> m_claims = std::make_shared<Claims>();
};

}  // namespace

std::shared_ptr<const Files> filesOf(Disk& disk) {
    return std::make_shared<DiskInputs>(disk);
}

std::shared_ptr<OutputFiles> outputsOf(Disk& disk) {
    return std::make_shared<DiskOutputs>(disk);
}

}  // namespace rw::simulated
