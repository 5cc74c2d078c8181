#include "core/stream/waiting/read_ahead.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rw {

namespace {
/// So long behind its time a call is taken for one that does not come back.
constexpr Millis kLateMillis = 1'000;
}  // namespace

ReadAhead::ReadAhead(std::shared_ptr<SourceReader> reader, About about)
    : m_reader(std::move(reader)),
      m_clock(std::move(about.clock)),
      m_waker(std::move(about.waker)),
      m_limits(about.limits),
      m_chooses(about.chooses),
      m_acknowledges(about.acknowledges),
      m_amounts(std::max<std::size_t>(about.partitions.size(), 1)),
      m_named(about.partitions.size()) {
    for (std::size_t i = 0; i < m_named; ++i) m_amounts[i].name = std::move(about.partitions[i]);
}

SourceWork::Next ReadAhead::step(Millis mayWait) {
    const std::unique_lock reading(m_stepMutex, std::try_to_lock);
    if (!reading) return Next::Later;
    const std::int64_t began = m_clock->steadyMillis();
    {
        std::unique_lock lock(m_mutex);
        m_threadWaits = false;
        if (m_errand) {
            lock.unlock();
            (void)carryOutErrand();  // take() has it
            return Next::Again;
        }
        if (!m_status.ok()) return Next::Done;
        m_threadWaits = m_ended || !anyRoom(1);
        if (m_ended && !m_acknowledges) return Next::Done;
        if (m_threadWaits) return Next::Wait;
        m_canBeLate = mayWait > 0;
        if (m_canBeLate) m_lateAt = began + mayWait + kLateMillis;
    }
    const Result<SourceReader::Read> read = m_reader->read(mayWait, *this);
    const Millis took = m_clock->steadyMillis() - began;
    const bool gave = endRead(read, took - mayWait);
    // A reader that gives nothing, and comes back before its time is over, is not asked again without a pause.
    return !gave && (mayWait == 0 || took < mayWait) ? Next::Later : Next::Again;
}

bool ReadAhead::endRead(const Result<SourceReader::Read>& read, Millis behind) {
    std::unique_lock lock(m_mutex);
    m_lateAt = Poll::kUntilWoken;
    const bool found = read.ok() && *read == SourceReader::Read::Some;
    if (!read.ok()) fail(read.status());
    if (read.ok()) m_nothing = *read == SourceReader::Read::Nothing;
    m_ended = m_ended || (read.ok() && *read == SourceReader::Read::End);
    const bool gave = std::exchange(m_gave, false);
    if (!found || behind >= kLateMillis) wakeSource(lock, behind >= kLateMillis);
    return gave;
}

void ReadAhead::failed(const Status& status) {
    std::unique_lock lock(m_mutex);
    m_lateAt = Poll::kUntilWoken;
    fail(status);
    wakeSource(lock);
}

void ReadAhead::fail(const Status& status) {
    if (m_status.ok()) m_status = status;
}

/// With m_stepMutex held.
Status ReadAhead::carryOutErrand() {
    std::function<Status()> errand;
    {
        const std::lock_guard lock(m_mutex);
        errand.swap(m_errand);
        m_carrying = errand != nullptr;
        if (m_canBeLate) m_lateAt = m_clock->steadyMillis() + kLateMillis;
    }
    Status status;
    if (errand) status = errand();
    std::vector<Text> notes;
    if (errand) notes = m_reader->takeNotes();
    std::unique_lock lock(m_mutex);
    m_carrying = false;
    const bool tells = !notes.empty();
    m_notes.insert(m_notes.end(), std::make_move_iterator(notes.begin()),
                   std::make_move_iterator(notes.end()));
    const bool late = m_clock->steadyMillis() >= std::exchange(m_lateAt, Poll::kUntilWoken);
    if (!status.ok()) fail(status);
    if (!status.ok() || late || tells) wakeSource(lock, late);
    return status;
}

Result<bool> ReadAhead::settle() {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_errand && !m_carrying) return true;
    }
    const std::unique_lock reading(m_stepMutex, std::try_to_lock);
    if (!reading) return false;
    RW_TRY(carryOutErrand());
    return true;
}

void ReadAhead::wakeSource(std::unique_lock<std::mutex>& lock, bool always) {
    const bool wakes = m_waker && (m_sourceWaits || always);
    if (wakes) m_sourceWaits = false;
    lock.unlock();
    if (wakes) m_waker->wake();
}

void ReadAhead::give(std::unique_ptr<Chunk> chunk, std::size_t bytes, int partition) {
    std::unique_lock lock(m_mutex);
    Amount& amount = m_amounts.at(placeOf(partition));
    ++amount.pieces;
    amount.bytes += bytes;
    m_nothing = false;
    m_gave = true;
    m_entries.push_back({std::move(chunk), bytes, partition, {}});
    wakeSource(lock);
}

int ReadAhead::partition(const std::string& name) {
    std::unique_lock lock(m_mutex);
    const auto named = m_amounts.begin() + static_cast<std::ptrdiff_t>(m_named);
    const auto known =
        std::find_if(m_amounts.begin(), named, [&](const Amount& each) { return each.name == name; });
    if (known != named) return static_cast<int>(known - m_amounts.begin());
    if (m_named == m_amounts.size()) m_amounts.emplace_back();
    m_amounts[m_named].name = name;
    const int number = static_cast<int>(m_named++);
    m_entries.push_back({nullptr, 0, number, {name, PartitionState::Live, {}}});
    wakeSource(lock);
    return number;
}

void ReadAhead::tell(PartitionState state, Text reason, int partition) {
    std::unique_lock lock(m_mutex);
    const std::string& name = m_amounts.at(static_cast<std::size_t>(partition)).name;
    m_entries.push_back({nullptr, 0, partition, {name, state, std::move(reason)}});
    wakeSource(lock);
}

void ReadAhead::note(Text text) {
    std::unique_lock lock(m_mutex);
    m_notes.push_back(std::move(text));
    wakeSource(lock);
}

bool ReadAhead::wants(int partition) const {
    const std::lock_guard lock(m_mutex);
    return hasRoom(m_amounts.at(placeOf(partition)), 1);
}

bool ReadAhead::hasRoom(const Amount& amount, std::size_t part) const {
    return !(m_chooses && amount.held) && amount.pieces < std::max<std::size_t>(m_limits.pieces / part, 1) &&
           amount.bytes < std::max<std::size_t>(m_limits.bytes / part, 1);
}

bool ReadAhead::anyRoom(std::size_t part) const {
    if (!m_chooses) return hasRoom(m_amounts.front(), part);
    return std::any_of(m_amounts.begin(), m_amounts.end(),
                       [&](const Amount& amount) { return hasRoom(amount, part); });
}

/// Once half of its read-ahead was taken: not for every piece.
bool ReadAhead::wakesThread() {
    const bool wakes = m_threadWaits && (m_errand || (!m_ended && anyRoom(2)));
    if (wakes) m_threadWaits = false;
    return wakes;
}

Result<ReadAhead::Taken> ReadAhead::take() {
    const std::lock_guard lock(m_mutex);
    Taken taken;
    taken.notes.swap(m_notes);
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (m_chooses && m_amounts[static_cast<std::size_t>(entry->partition)].held) {
            ++entry;
            continue;
        }
        if (!entry->chunk) {
            taken.events.emplace_back(entry->partition, std::move(entry->event));
            entry = m_entries.erase(entry);
            continue;
        }
        Amount& amount = m_amounts[placeOf(entry->partition)];
        --amount.pieces;
        amount.bytes -= entry->bytes;
        taken.kind = Taken::Kind::Piece;
        taken.chunk = std::move(entry->chunk);
        taken.partition = entry->partition;
        m_entries.erase(entry);
        taken.wakeThread = wakesThread();
        return taken;
    }
    if (m_entries.empty() && !m_status.ok()) return m_status;
    if (m_entries.empty() && m_ended) {
        taken.kind = Taken::Kind::End;
        return taken;
    }
    m_sourceWaits = true;
    taken.drained = m_nothing;
    if (m_canBeLate && !m_threadWaits && !m_ended) {
        const std::int64_t now = m_clock->steadyMillis();
        taken.late = now >= m_lateAt;
        // The next call may be one that does not come back, though none is under way just now.
        if (!taken.late) taken.lookAt = std::min(m_lateAt, now + kLateMillis);
    }
    taken.wakeThread = wakesThread();
    return taken;
}

std::vector<Text> ReadAhead::takeNotes() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_notes, {});
}

void ReadAhead::finish() {
    const std::lock_guard lock(m_mutex);
    m_ended = true;
}

bool ReadAhead::hold(int partition, bool held) {
    const std::lock_guard lock(m_mutex);
    m_amounts.at(static_cast<std::size_t>(partition)).held = held;
    return wakesThread();
}

bool ReadAhead::carryOut(std::function<Status()> errand) {
    const std::lock_guard lock(m_mutex);
    m_errand = std::move(errand);
    return wakesThread();
}

}  // namespace rw
