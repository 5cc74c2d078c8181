#include "core/connect/journald/log_reader.h"

#include <sys/stat.h>
#include <systemd/sd-journal.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

#include "core/data/state_reader.h"
#include "core/data/utf8.h"

namespace rw {

namespace {

constexpr std::size_t kEntriesOfAPiece = 1'000;
constexpr std::size_t kLongestField = std::size_t{1} << 20;  ///< bytes; the rest of it is left out
constexpr std::uint64_t kMicros = 1'000;                     ///< of a millisecond
constexpr int kLeastUrgent = 7;

Status unreadable(const LogReading& reading, int failed) {
    const std::string reason = std::strerror(-failed);
    if (reading.path.empty()) {
        return {failed == -EACCES || failed == -EPERM ? ErrorCode::Denied : ErrorCode::Io,
                RW_TEXT("journald", "The log of this computer can't be read: %1.").with(reason),
                RW_TEXT("journald",
                        "It is that of systemd. Other people's entries are for members of the group "
                        "systemd-journal.")};
    }
    return {ErrorCode::Invalid,
            RW_TEXT("journald", "“%1” can't be read as a journal: %2.").with(reading.path, reason),
            RW_TEXT("journald", "Name a file of a journal of systemd, or a folder of them.")};
}

}  // namespace

/// What libsystemd has open.
class LogReader::Journal {
 public:
    Journal() = default;
    ~Journal() {
        if (m_journal != nullptr) sd_journal_close(m_journal);
    }
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    int open(const LogReading& reading) {
        struct stat found {};
        int failed = 0;
        if (reading.path.empty()) {
            failed = sd_journal_open(&m_journal, SD_JOURNAL_LOCAL_ONLY);
        } else if (::stat(reading.path.c_str(), &found) != 0) {
            failed = -errno;
        } else if (S_ISDIR(found.st_mode)) {
            failed = sd_journal_open_directory(&m_journal, reading.path.c_str(), 0);
        } else {
            std::array<const char*, 2> files{reading.path.c_str(), nullptr};
            failed = sd_journal_open_files(&m_journal, files.data(), 0);
        }
        if (failed < 0) return failed;
        sd_journal_set_data_threshold(m_journal, kLongestField);
        return match(reading);
    }

    /// Before the first entry that is wanted. False: the one that the cursor names is gone.
    Result<bool> goTo(const std::string& cursor, bool fromNow) {
        if (cursor.empty()) {
            if (!fromNow) return sd_journal_seek_head(m_journal) >= 0;
            sd_journal_seek_tail(m_journal);
            if (sd_journal_previous(m_journal) <= 0) sd_journal_seek_head(m_journal);
            return true;
        }
        if (sd_journal_seek_cursor(m_journal, cursor.c_str()) < 0)
            return brokenState("a cursor of the system log");
        m_hasEntry = sd_journal_next(m_journal) > 0;
        if (!m_hasEntry) return false;
        const bool same = sd_journal_test_cursor(m_journal, cursor.c_str()) > 0;
        m_hasEntry = !same;  // it was read
        return same;
    }

    /// Whether there is another entry; less than 0: an error.
    int next() {
        if (std::exchange(m_hasEntry, false)) return 1;
        return sd_journal_next(m_journal);
    }

    LogEntry entry() {
        LogEntry entry;
        std::uint64_t micros = 0;
        if (sd_journal_get_realtime_usec(m_journal, &micros) >= 0)
            entry.time = static_cast<Instant>(micros / kMicros);
        entry.unit = text("_SYSTEMD_UNIT");
        if (!entry.unit || entry.unit == "init.scope") {
            if (std::optional<std::string> about = text("UNIT"); about) entry.unit = std::move(about);
        }
        entry.priority = number<std::int32_t>("PRIORITY");
        entry.identifier = text("SYSLOG_IDENTIFIER");
        if (!entry.identifier) entry.identifier = text("_COMM");
        entry.pid = number<std::int64_t>("_PID");
        entry.host = text("_HOSTNAME");
        entry.message = text("MESSAGE");
        return entry;
    }

    std::string cursor() const {
        char* said = nullptr;
        if (sd_journal_get_cursor(m_journal, &said) < 0) return {};
        std::string text(said);
        std::free(said);
        return text;
    }

    /// Waits for more. False: it can't, and the caller may.
    bool await(Millis within) {
        return sd_journal_wait(m_journal, static_cast<std::uint64_t>(within) * kMicros) >= 0;
    }

 private:
    int match(const LogReading& reading) {
        const auto add = [this](const std::string& wanted) {
            return sd_journal_add_match(m_journal, wanted.data(), wanted.size());
        };
        const auto addPriorities = [&] {
            for (int each = 0; each <= reading.priority && reading.priority < kLeastUrgent; ++each) {
                if (const int failed = add("PRIORITY=" + std::to_string(each)); failed < 0) return failed;
            }
            return 0;
        };
        if (reading.unit.empty()) return addPriorities();
        int failed = add("_SYSTEMD_UNIT=" + reading.unit);
        if (failed >= 0) failed = addPriorities();
        // What the manager says of it.
        if (failed >= 0) failed = sd_journal_add_disjunction(m_journal);
        if (failed >= 0) failed = add("_PID=1");
        if (failed >= 0) failed = add("UNIT=" + reading.unit);
        return failed >= 0 ? addPriorities() : failed;
    }

    std::optional<std::string_view> field(const char* name) {
        const void* bytes = nullptr;
        std::size_t size = 0;
        if (sd_journal_get_data(m_journal, name, &bytes, &size) < 0) return std::nullopt;
        const std::string_view whole(static_cast<const char*>(bytes), size);
        return whole.substr(std::min(std::strlen(name) + 1, whole.size()));
    }

    /// Bytes that are no text are replaced, as journalctl does.
    std::optional<std::string> text(const char* name) {
        const std::optional<std::string_view> bytes = field(name);
        if (!bytes) return std::nullopt;
        std::string out;
        appendUtf8(out, *bytes);
        std::erase(out, '\0');
        return out;
    }

    template <class T>
    std::optional<T> number(const char* name) {
        const std::optional<std::string_view> bytes = field(name);
        T value{};
        if (!bytes) return std::nullopt;
        const auto [end, error] = std::from_chars(bytes->data(), bytes->data() + bytes->size(), value);
        if (error != std::errc() || end != bytes->data() + bytes->size()) return std::nullopt;
        return value;
    }

    sd_journal* m_journal = nullptr;
    bool m_hasEntry = false;  ///< the current one was not read
};

Schema logSchema() {
    return Schema{{{"ts", Type::of(TypeId::Timestamp)},
                   {"unit", Type::of(TypeId::String)},
                   {"priority", Type::of(TypeId::Int)},
                   {"identifier", Type::of(TypeId::String)},
                   {"pid", Type::of(TypeId::Bigint)},
                   {"host", Type::of(TypeId::String)},
                   {"message", Type::of(TypeId::String)}}};
}

LogReader::LogReader(LogReading reading, std::string cursor, std::shared_ptr<Clock> clock)
    : m_reading(std::move(reading)), m_cursor(std::move(cursor)), m_clock(std::move(clock)) {}

LogReader::~LogReader() = default;

Status LogReader::open(ReadOutput& out) {
    auto journal = std::make_unique<Journal>();
    if (const int failed = journal->open(m_reading); failed < 0) return unreadable(m_reading, failed);
    const bool fromNow = m_reading.fromNow && m_reading.path.empty();
    RW_TRY_ASSIGN(const bool found, journal->goTo(m_cursor, fromNow));
    if (!found) {
        out.note(RW_TEXT("journald",
                         "The entry that was read last is not in the log any more: entries behind it may be "
                         "missing, too."));
    }
    m_journal = std::move(journal);
    return {};
}

Result<SourceReader::Read> LogReader::read(Millis within, ReadOutput& out) {
    if (!m_journal) RW_TRY(open(out));
    auto chunk = std::make_unique<LogChunk>();
    int more = 1;
    while (chunk->entries.size() < kEntriesOfAPiece && (more = m_journal->next()) > 0)
        chunk->entries.push_back(m_journal->entry());
    if (more < 0) return unreadable(m_reading, more);
    if (!chunk->entries.empty()) {
        chunk->behind = m_journal->cursor();
        chunk->arrived = m_clock->now();
        std::size_t bytes = chunk->entries.size() * sizeof(LogEntry);
        for (const LogEntry& entry : chunk->entries) bytes += entry.message ? entry.message->size() : 0;
        out.give(std::move(chunk), bytes);
        return Read::Some;
    }
    if (!m_reading.path.empty()) return Read::End;
    if (!m_journal->await(within) && within > 0) m_clock->sleep(within);
    return Read::Nothing;
}

}  // namespace rw
