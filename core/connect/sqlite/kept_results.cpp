#include "core/connect/sqlite/kept_results.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <filesystem>

#include "core/base/own_folders.h"
#include "core/base/whole_file.h"
#include "core/connect/sqlite/reading.h"
#include "core/connect/sqlite/table_copy.h"
#include "core/data/trim.h"
#include "core/data/utf8.h"

namespace rw {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestStem = 200;  // bytes: a name has 255
constexpr const char* kEnding = ".sqlite";
/// Beside the copy: what it is of. Lists of tables leave it out.
constexpr const char* kAbout = "_rill_kept";

std::string folderOf(const std::string& database) {
    const fs::path file = fs::path(database).lexically_normal();
    return fmt::format("{}/results/{}-{:016x}", dataFolder(),
                       wholeCharacters(file.stem().native(), kLongestStem),
                       XXH3_64bits(file.native().data(), file.native().size()));
}

/// Of a file that an earlier version has made nothing is known.
KeptRun runOf(SQLite::Database& database) {
    SQLite::Statement has(
        database,
        fmt::format(
            "SELECT count(*) FROM pragma_table_info('{}') WHERE name IN ('run', 'recomputed', 'replay')",
            kAbout));
    const int known = has.executeStep() ? has.getColumn(0).getInt() : 0;
    if (known < 2) return {};
    const char* const replay = known == 3 ? "replay" : "''";
    SQLite::Statement about(database, fmt::format("SELECT run, recomputed, {} FROM {}", replay, kAbout));
    if (!about.executeStep()) return {};
    return {about.getColumn(0).getString(), about.getColumn(1).getInt() != 0, about.getColumn(2).getString()};
}

Result<KeptResult> read(const std::string& file, CancelFlag cancel) {
    return readingSqlite<KeptResult>(file, cancel, [&](SQLite::Database& database) -> Result<KeptResult> {
        SQLite::Statement about(database, fmt::format("SELECT name, result, kept, rows FROM {}", kAbout));
        if (!about.executeStep())
            return Status(ErrorCode::Invalid, RW_TEXT("sqlite", "“%1” is no kept result.").with(file));
        std::error_code error;
        const auto bytes = fs::file_size(file, error);
        return KeptResult{file,
                          about.getColumn(0).getString(),
                          about.getColumn(1).getString(),
                          about.getColumn(2).getInt64(),
                          about.getColumn(3).getInt64(),
                          error ? 0 : static_cast<std::uint64_t>(bytes),
                          runOf(database)};
    });
}

/// Runs `change` on a file of ours; an exception of SQLite becomes an error.
template <class Change>
Status changing(const std::string& file, Change change) {
    try {
        SQLite::Database database(file, SQLite::OPEN_READWRITE, kSqliteWaitMillis);
        change(database);
        return {};
    } catch (const SQLite::Exception& failure) {
        return sqliteError(failure, file);
    }
}

}  // namespace

std::vector<KeptResult> keptResults(const std::string& database, CancelFlag cancel) {
    std::vector<KeptResult> kept;
    std::error_code error;
    for (fs::directory_iterator each(folderOf(database), error), end; !error && each != end;
         each.increment(error)) {
        if (each->path().extension() != kEnding) continue;
        if (Result<KeptResult> one = read(each->path().native(), cancel); one.ok())
            kept.push_back(std::move(*one));
    }
    std::sort(kept.begin(), kept.end(), [](const KeptResult& a, const KeptResult& b) {
        return a.kept != b.kept ? a.kept > b.kept : a.file > b.file;
    });
    return kept;
}

Result<KeptResult> keepResult(const std::string& database, const SqliteEntry& table, Instant now,
                              CancelFlag cancel, const KeptRun& run) {
    RW_TRY_ASSIGN(const SqliteMatch match, findRows({database, table}, cancel));
    if (match.cut)
        return Status(
            ErrorCode::Refused,
            RW_TEXT("sqlite", "“%1” has more rows than can be kept: %2.")
                .with(table.name, std::to_string(kMostListedRows)),
            RW_TEXT("sqlite", "Copy the database file instead, and open the copy to compare with it."));
    const std::string folder = folderOf(database);
    std::string file;
    for (int number = 0;; ++number) {
        file = fmt::format("{}/{}-{}{}", folder, now, number, kEnding);
        std::error_code error;
        if (!fs::exists(file, error)) break;
    }
    makeFolderOf(file);
    RW_TRY_ASSIGN(const std::int64_t rows, copyRows(match, {file, table.name}, cancel));
    const Status noted = changing(file, [&](SQLite::Database& into) {
        into.exec(
            fmt::format("CREATE TABLE {} (name TEXT, result TEXT, kept INTEGER, rows INTEGER, run TEXT, "
                        "recomputed INTEGER, replay TEXT)",
                        kAbout));
        SQLite::Statement about(into,
                                fmt::format("INSERT INTO {} VALUES ('', ?1, ?2, ?3, ?4, ?5, ?6)", kAbout));
        about.bind(1, table.name);
        about.bind(2, static_cast<std::int64_t>(now));
        about.bind(3, rows);
        about.bind(4, run.id);
        about.bind(5, run.recomputed ? 1 : 0);
        about.bind(6, run.replayOf);
        about.exec();
    });
    if (!noted.ok()) {
        std::error_code ignored;
        fs::remove(file, ignored);
        return noted;
    }
    return read(file, cancel);
}

Status renameKept(const std::string& file, const std::string& name) {
    const std::string cut(wholeCharacters(trimmed(name), kLongestKeptName));
    return changing(file, [&](SQLite::Database& database) {
        SQLite::Statement update(database, fmt::format("UPDATE {} SET name = ?1", kAbout));
        update.bind(1, cut);
        update.exec();
    });
}

Status dropKept(const std::string& file) {
    std::error_code error;
    fs::remove(file, error);
    if (!error) return {};
    return {ErrorCode::Io, RW_TEXT("sqlite", "“%1” can't be removed: %2.").with(file, error.message()),
            RW_TEXT("sqlite", "Look at the permissions of its folder.")};
}

}  // namespace rw
