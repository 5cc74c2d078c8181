#include "core/connect/databases/table_session.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace rw {

namespace {

constexpr Millis kStopWait = 350;  // for the server, of a run that is being stopped
constexpr Millis kFirstPause = 100, kLongestPause = 2'000, kPauseSlice = 50;
constexpr Millis kTroubleShown = 3'000;
constexpr std::size_t kMostKept = std::size_t{64} << 20;

bool mayPass(const Status& status) {
    return status.error().code == ErrorCode::Io;
}

bool isOfRow(const Status& status) {
    return !status.ok() && status.error().code == ErrorCode::Row;
}

}  // namespace

TableSession::TableSession(
    const std::function<std::unique_ptr<DatabaseClient>(std::function<bool()> givesUp)>& make, About about)
    : m_about(std::move(about)), m_client(make([this] { return givesUp(); })) {}

TableSession::~TableSession() = default;

std::size_t TableSession::join(const TableTarget& target, std::string stage) {
    const std::lock_guard lock(m_mutex);
    Member& member = m_members.emplace_back();
    member.target = &target;
    member.stage = std::move(stage);
    member.clears = target.mode == TableTarget::Mode::Replace;
    return m_members.size() - 1;
}

void TableSession::resume(std::size_t sink, Epoch from, bool cleared) {
    const std::lock_guard lock(m_mutex);
    m_from = std::max(m_from, from);
    Member& member = m_members.at(sink);
    member.clears = member.clears && !cleared;
}

bool TableSession::isCleared(std::size_t sink) const {
    const std::lock_guard lock(m_mutex);
    return !m_members.at(sink).clears;
}

void TableSession::lookAtLocks() {
    if (!m_client) return;
    const std::optional<Text> held = m_locks.look(*m_client);
    if (held) {
        m_board.blocked(*held);
        m_blocked = true;
    } else if (std::exchange(m_blocked, false)) {
        m_board.reached();
    }
}

/// A run that is being stopped has a little time left for what it has begun. Called with the lock.
bool TableSession::givesUp() {
    lookAtLocks();
    if (!m_about.stopping || !m_about.stopping()) return false;
    if (m_gaveUp) return true;
    const std::int64_t now = m_watch->steadyMillis();
    if (!m_stoppedAt) m_stoppedAt = now;
    return now - *m_stoppedAt >= kStopWait;
}

Status TableSession::stopped() {
    m_gaveUp = true;
    return {
        ErrorCode::Cancelled,
        RW_TEXT(
            "databases",
            "The run was stopped while the database at %1 was waited for: rows behind the last checkpoint "
            "are not in its tables.")
            .with(m_client->address())};
}

Status TableSession::shutOut() const {
    return {
        ErrorCode::Refused,
        RW_TEXT("databases",
                "Another run with these checkpoints has begun to write over the connection “%1”: this one "
                "was shut out, and its last rows are not committed.")
            .with(m_client->connection().connection().name),
        RW_TEXT("databases", "Let one of them end; then resume that one or the other.")};
}

Status TableSession::gone(const Status& why) const {
    Error error = why.error();
    error.message =
        RW_TEXT("databases", "%1; the rows since the last commit were too many to be kept, and are undone.")
            .with(error.message);
    error.fix =
        RW_TEXT("databases", "Resume the run from its last checkpoint, or take checkpoints more often.");
    return Status(std::move(error));
}

Status TableSession::makeMarkerTable() {
    const Result<DatabaseTable> table = m_client->describe({{}, MarkerStatements::kTable});
    if (table.ok() || table.error().code != ErrorCode::NotFound) return table.status();
    const Status made = m_client->execute(m_client->markerStatements().create);
    if (made.ok() || made.error().code != ErrorCode::Denied) return made;
    return {
        ErrorCode::Denied,
        RW_TEXT(
            "databases",
            "“Exactly once” keeps the number of the last transaction in the table “%1”, and the user of the "
            "connection may not make it: %2")
            .with(MarkerStatements::kTable, made.error().message),
        RW_TEXT("databases",
                "Have it made, as the help of this node says, or set the delivery to at least once.")};
}

Result<std::string> TableSession::ownerOfMarker() {
    RW_TRY_ASSIGN(const DatabaseRows row,
                  m_client->query(m_client->markerStatements().read, {m_about.marker}));
    return row.first();
}

Status TableSession::takeMarker() {
    if (m_about.marker.empty()) return {};
    const MarkerStatements& statements = m_client->markerStatements();
    RW_TRY(makeMarkerTable());
    RW_TRY_ASSIGN(const std::string owner, ownerOfMarker());
    // Two runs would take it from each other for ever.
    if (!m_owner.empty() && owner != m_owner) return shutOut();
    RW_TRY(m_client->cutOffOthers(m_about.marker));
    RW_TRY(m_client->begin());
    RW_TRY(m_client->query(statements.take, {m_about.marker}).status());
    RW_TRY_ASSIGN(const DatabaseRows row, m_client->query(statements.read, {m_about.marker}));
    RW_TRY(m_client->commit());
    if (row.rows.empty() || row.rows.front().size() < 2) return shutOut();
    m_owner = row.rows.front()[0].value_or("");
    m_inPlace = std::strtoull(row.rows.front()[1].value_or("0").c_str(), nullptr, 10);
    return {};
}

Status TableSession::connect() {
    if (m_client->isConnected()) return {};
    m_begun = m_opened = false;
    m_done = 0;
    m_marked = 0;
    RW_TRY(m_client->connect());
    m_board.reached();
    const Status taken = takeMarker();
    m_locks.over();
    if (std::exchange(m_blocked, false)) m_board.reached();
    if (!taken.ok()) m_client->close();  // what it had begun is undone, and it is tried as a whole again
    return taken;
}

Status TableSession::openWriters() {
    if (m_opened) return {};
    for (Member& member : m_members) {
        member.writer = m_client->makeWriter(*member.target, member.stage);
        if (!member.swapped) RW_TRY(member.writer->open());
    }
    m_opened = true;
    return {};
}

Status TableSession::pause(Millis length) {
    const std::int64_t until = m_about.clock->steadyMillis() + length;
    // The clock of a test may stand still.
    for (Millis waited = 0; waited < length && m_about.clock->steadyMillis() < until; waited += kPauseSlice) {
        if (givesUp()) return stopped();
        m_about.clock->sleep(kPauseSlice);
    }
    return {};
}

template <class Try>
Status TableSession::persist(Try&& attempt) {
    m_stoppedAt.reset();
    m_locks.over();  // the waiting before was another
    std::optional<Text> trouble;
    const std::int64_t since = m_watch->steadyMillis();
    for (Millis length = kFirstPause;; length = std::min(length * 2, kLongestPause)) {
        const Status status = attempt();
        m_locks.over();
        if (status.ok()) {
            m_board.reached();
            if (trouble)
                m_notes.push_back(RW_TEXT("databases", "After “%1” the run waited, tried again, and went on.")
                                      .with(*trouble));
            return {};
        }
        if (status.error().code == ErrorCode::Cancelled) return stopped();
        const bool checks = std::exchange(m_broken, false) && !m_checked;
        if (!checks && !mayPass(status)) return status;
        // A server that gave the transaction up has still to be told that it is over.
        if (m_client->isConnected() && m_begun && !m_client->rollback().ok()) m_client->close();
        m_begun = false;
        m_done = 0;
        m_marked = 0;
        if (m_forgot && m_doubt == 0) return gone(status);
        if (checks) {
            m_checked = true;
            continue;
        }
        if (!trouble) trouble = status.error().message;
        // A transaction that is repeated is no news, unless it is for long.
        const bool lastsLong = m_watch->steadyMillis() - since >= kTroubleShown;
        if (!m_client->isConnected() || lastsLong) m_board.away(status.error().message, length);
        RW_TRY(pause(length));
    }
}

/// The number that is in doubt is known now.
void TableSession::settle() {
    for (Member& member : m_members) member.committed += std::exchange(member.given, 0);
    for (const Change& change : m_kept) {
        if (change.what == Change::What::Swap) m_members[change.sink].swapped = true;
    }
    m_kept.clear();
    m_keptBytes = 0;
    m_done = 0;
    m_begun = m_forgot = m_checked = false;
    m_mark = m_marked = m_doubt = 0;
}

Status TableSession::begin() {
    RW_TRY(m_client->begin());
    m_begun = true;
    m_done = 0;
    m_marked = 0;
    for (Change& change : m_kept) change.waiting.clear();
    return m_checked ? m_client->execute(m_client->markerStatements().check) : Status();
}

Status TableSession::tryToAdvance() {
    RW_TRY(connect());
    RW_TRY(openWriters());
    if (m_kept.empty() && !m_begun) return {};
    if (!m_begun) RW_TRY(begin());
    for (; m_done < m_kept.size(); ++m_done) RW_TRY(apply(m_kept[m_done]));
    if (m_checked) RW_TRY(writeWaiting(m_kept));
    if (m_mark != m_marked) RW_TRY(mark());
    if (m_keptBytes > kMostKept) {
        m_forgot = true;
        m_kept.clear();
        m_keptBytes = 0;
        m_done = 0;
    }
    return {};
}

Status TableSession::advance() {
    return persist([this] { return tryToAdvance(); });
}

Status TableSession::mark() {
    const std::string& check = m_client->markerStatements().check;
    if (!check.empty()) {
        const Status checked = m_client->execute(check);
        m_broken = isOfRow(checked);
        RW_TRY(checked);
    }
    RW_TRY_ASSIGN(const DatabaseRows marked,
                  m_client->query(m_client->markerStatements().mark,
                                  {std::to_string(m_mark), m_about.marker, m_owner}));
    if (marked.changed == 0) return shutOut();
    m_marked = m_mark;
    return {};
}

Status TableSession::add(Change change) {
    m_keptBytes += change.batch.memoryBytes();
    m_kept.push_back(std::move(change));
    return advance();
}

Status TableSession::clear(std::size_t sink) {
    if (!std::exchange(m_members[sink].clears, false)) return {};
    Change change;
    change.what = Change::What::Clear;
    change.sink = sink;
    return add(std::move(change));
}

Result<bool> TableSession::isCommitted(Epoch epoch) {
    const std::lock_guard lock(m_mutex);
    m_stoppedAt.reset();
    const Status connected = connect();
    if (!connected.ok()) return connected.error().code == ErrorCode::Cancelled ? stopped() : connected;
    return m_inPlace >= epoch;
}

Status TableSession::open(std::size_t sink) {
    const std::lock_guard lock(m_mutex);
    m_stoppedAt.reset();
    // A server that is away at the start is told of at once: nothing is lost by that.
    const Status connected = connect();
    if (!connected.ok()) return connected.error().code == ErrorCode::Cancelled ? stopped() : connected;
    if (m_inPlace > m_from) {
        return {ErrorCode::Refused,
                RW_TEXT("databases",
                        "The tables of the connection “%1” have the rows up to checkpoint %2, and the run "
                        "resumes from "
                        "%3: rows that were committed can't be taken back.")
                    .with(m_client->connection().connection().name, m_inPlace, m_from),
                RW_TEXT("databases", "Resume from checkpoint %1, or start the run anew.").with(m_inPlace)};
    }
    m_over = m_from;
    Member& member = m_members.at(sink);
    return m_client->makeWriter(*member.target, member.stage)->check();
}

Status TableSession::write(std::size_t sink, const Batch& batch) {
    const std::lock_guard lock(m_mutex);
    RW_TRY(clear(sink));
    m_members.at(sink).given += batch.rows;
    Change change;
    change.sink = sink;
    change.batch = batch;
    return add(std::move(change));
}

void TableSession::setLast(std::size_t sink) {
    const std::lock_guard lock(m_mutex);
    m_members.at(sink).last = true;
}

Status TableSession::finish(std::size_t sink) {
    const std::lock_guard lock(m_mutex);
    Member& member = m_members.at(sink);
    RW_TRY(clear(sink));
    if (member.stage.empty() || member.swapped) return {};
    Change change;
    change.what = Change::What::Swap;
    change.sink = sink;
    return add(std::move(change));
}

Status TableSession::prepare(std::size_t sink, Epoch epoch) {
    const std::lock_guard lock(m_mutex);
    m_members.at(sink).prepared = epoch;
    const bool all = std::all_of(m_members.begin(), m_members.end(),
                                 [epoch](const Member& member) { return member.prepared == epoch; });
    if (!all || (m_kept.empty() && !m_begun)) return {};
    m_mark = m_about.marker.empty() ? 0 : epoch;
    return advance();
}

Status TableSession::tryToCommit(Epoch epoch) {
    RW_TRY(connect());
    // The answer to a commit was lost, and it did come through.
    if (m_doubt != 0 && m_inPlace >= m_doubt) {
        settle();
        return {};
    }
    if (m_forgot && !m_begun) {
        m_doubt = 0;  // it did not come through
        return {ErrorCode::Io, RW_TEXT("databases", "The connection was lost.")};
    }
    RW_TRY(tryToAdvance());
    if (!m_begun) return {};
    m_doubt = m_mark;
    const Status committed = m_client->commit();
    m_broken = isOfRow(committed) && !m_client->markerStatements().check.empty();
    if (m_broken) m_doubt = 0;  // the server has undone it
    RW_TRY(committed);
    m_inPlace = std::max(m_inPlace, epoch);
    settle();
    return {};
}

Status TableSession::commit(Epoch epoch) {
    const std::lock_guard lock(m_mutex);
    const bool marks = !m_about.marker.empty();
    if (marks && epoch <= m_over) return {};
    if (marks && (m_begun || !m_kept.empty()) && m_mark != epoch) {
        return {ErrorCode::Internal,
                RW_TEXT("databases", "Checkpoint %1 was to be committed, and %2 is prepared.")
                    .with(epoch, m_mark)};
    }
    RW_TRY(persist([this, epoch] { return tryToCommit(epoch); }));
    m_over = std::max(m_over, epoch);
    return {};
}

void TableSession::abort() {
    const std::lock_guard lock(m_mutex);
    if (m_begun) m_client->close();  // the server undoes what is not committed
    m_begun = false;
    m_aborted = true;
    m_kept.clear();
    m_keptBytes = 0;
}

/// A session that was lost since the last commit is found out by the first try.
Status TableSession::dropStage(const Member& member) {
    Status dropped;
    for (int tries = 0; tries < 2; ++tries) {
        dropped = m_client->isConnected() ? Status() : m_client->connect();
        if (dropped.ok()) dropped = m_client->makeWriter(*member.target, member.stage)->dropStage();
        if (dropped.ok() || dropped.error().code != ErrorCode::Io) break;
    }
    return dropped;
}

void TableSession::close() {
    const std::lock_guard lock(m_mutex);
    m_stoppedAt.reset();
    for (const Member& member : m_members) {
        if (!member.last || m_aborted || member.stage.empty()) continue;
        const Status dropped = dropStage(member);
        if (dropped.ok()) continue;
        m_notes.push_back(RW_TEXT("databases",
                                  "All rows are in place, but the table “%1”, in which they were collected, "
                                  "was not dropped: %2")
                              .with(member.stage, dropped.error().message));
    }
    m_client->close();
}

std::vector<Sink::Unwritable> TableSession::takeUnwritable(std::size_t sink) {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_members.at(sink).unwritable, {});
}

std::vector<Text> TableSession::takeNotes() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_notes, {});
}

std::uint64_t TableSession::committed(std::size_t sink) const {
    const std::lock_guard lock(m_mutex);
    return m_members.at(sink).committed;
}

std::uint64_t TableSession::nanCount(std::size_t sink) const {
    const std::lock_guard lock(m_mutex);
    const Member& member = m_members.at(sink);
    return member.writer ? member.writer->nanCount() : 0;
}

std::size_t TableSession::keptBytes() const {
    const std::lock_guard lock(m_mutex);
    return m_keptBytes;
}

}  // namespace rw
