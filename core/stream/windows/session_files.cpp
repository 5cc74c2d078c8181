#include "core/stream/windows/session_files.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

#include "core/data/state_layout.h"
#include "core/sql/aggregates/state_cells.h"
#include "core/stream/windows/session_changes.h"

namespace rw {

namespace {
/// Aggregates that take less than this fraction of the share stay in memory, whatever the rest takes.
constexpr std::uint64_t kLeastOfShare = 4;
/// What a section takes in memory when it is read, about.
constexpr std::uint64_t kSectionsOfShare = 64, kMostOfSection = std::uint64_t{1} << 20;
constexpr std::uint64_t kMostSessions = 8'192;  // of a section
constexpr Millis kStretchesOfGap = 256;         // in which sessions of about the same end are
constexpr std::size_t kListedPerUnit = 16;      // of a call's budget, sessions that are only looked at
constexpr std::string_view kSessions = "session";
}  // namespace

SessionFiles::SessionFiles(const WindowPlan& plan, const SessionStore& sessions, Aggregates& aggregates,
                           const MakeContext& context)
    : m_plan(&plan),
      m_sessions(&sessions),
      m_aggregates(&aggregates),
      m_share(context.stateMemory, context.moreStateMemory),
      m_folder(context.spill) {}

std::span<const std::uint32_t> SessionFiles::makeGroups(std::span<const std::uint32_t> sessions) {
    if (m_groups.size() < m_sessions->numbers()) {
        m_groups.resize(m_sessions->numbers(), kNone);
        m_sectionOf.resize(m_sessions->numbers(), kNone);
    }
    m_asked.clear();
    for (const std::uint32_t session : sessions) {
        std::uint32_t& group = m_groups[session];
        if (group == kNone && m_freeGroups.empty()) {
            group = static_cast<std::uint32_t>(m_groupsMade++);
        } else if (group == kNone) {
            group = m_freeGroups.back();
            m_freeGroups.pop_back();
        }
        m_asked.push_back(group);
    }
    m_aggregates->resize(m_groupsMade);
    return m_asked;
}

void SessionFiles::free(std::span<const std::uint32_t> sessions) {
    const std::size_t before = m_freeGroups.size();
    for (const std::uint32_t session : sessions) {
        if (groupOf(session) != kNone) m_freeGroups.push_back(std::exchange(m_groups[session], kNone));
    }
    m_aggregates->clear(std::span(m_freeGroups).subspan(before));
}

void SessionFiles::merge(std::span<const std::uint32_t> from, std::span<const std::uint32_t> into) {
    std::vector<std::uint32_t> sources, targets;
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (groupOf(from[i]) == kNone) continue;
        sources.push_back(groupOf(from[i]));
        targets.push_back(makeGroups(into.subspan(i, 1)).front());
    }
    m_aggregates->merge(*m_aggregates, sources, targets);
    free(from);
    std::unordered_map<std::uint32_t, std::uint32_t> lastInto;  // that became part of others, too
    for (std::size_t i = from.size(); i-- > 0;) {
        const auto further = lastInto.find(into[i]);
        const std::uint32_t last = further == lastInto.end() ? into[i] : further->second;
        lastInto[from[i]] = last;
        if (isInFile(from[i])) m_merged[m_sectionOf[from[i]]][from[i]] = last;
    }
}

Status SessionFiles::run(CallBudget& budget) {
    while (busy() && !budget.spent()) RW_TRY(m_merged.empty() ? spillSome(budget) : takeMerged(budget));
    return {};
}

/// Those of one section, which the others do not leave.
Status SessionFiles::takeMerged(CallBudget& budget) {
    const auto& [section, merged] = *m_merged.begin();
    RW_TRY_ASSIGN(const Read found, read(section));
    if (changes) changes->wasRead(found);
    std::vector<std::uint32_t> from, sources, into;
    for (std::size_t i = 0; i < found.sessions.size(); ++i) {
        const auto at = merged.find(found.sessions[i]);
        if (at == merged.end()) continue;
        from.push_back(at->first);
        sources.push_back(found.groups[i]);
        into.push_back(at->second);
    }
    m_aggregates->merge(found.aggregates, sources, makeGroups(into));
    for (const std::uint32_t session : from) takeOut(session);
    budget.spend(1 + found.sessions.size());
    m_merged.erase(m_merged.begin());
    return {};
}

Status SessionFiles::load(std::uint32_t asked, std::vector<std::uint32_t>& loaded, CallBudget& budget) {
    RW_TRY_ASSIGN(const Read found, read(m_sectionOf[asked]));
    if (changes) changes->wasRead(found);
    m_aggregates->merge(found.aggregates, found.groups, makeGroups(found.sessions));
    for (const std::uint32_t session : found.sessions) takeOut(session);
    loaded.insert(loaded.end(), found.sessions.begin(), found.sessions.end());
    budget.spend(1 + found.sessions.size());
    return {};
}

/// Some that were written with them may not be there any more.
Result<SessionFiles::Read> SessionFiles::read(std::uint32_t number) const {
    const Section& section = m_sections[number];
    RW_TRY_ASSIGN(const std::string bytes,
                  section.run->run->read(section.run->run->sections()[section.index]));
    RW_TRY_ASSIGN(const StateReader record, StateReader::unsealed(bytes));
    std::vector<std::uint32_t> sessions;
    sql::StateFieldsReader fields(record);
    fields(kSessions, sessions);
    RW_TRY(fields.status());
    Read found(*m_plan);
    std::vector<std::uint32_t> all(sessions.size());
    std::iota(all.begin(), all.end(), 0U);
    found.aggregates.resize(sessions.size());
    RW_TRY(found.aggregates.restore(all, record));
    for (const std::uint32_t group : all) {
        if (m_sectionOf[sessions[group]] != number) continue;
        found.sessions.push_back(sessions[group]);
        found.groups.push_back(group);
    }
    return found;
}

void SessionFiles::takeOut(std::uint32_t session) {
    const std::uint32_t section = std::exchange(m_sectionOf[session], kNone);
    if (--m_sections[section].sessions == 0) drop(section);
}

void SessionFiles::drop(std::uint32_t number) {
    Section& section = m_sections[number];
    Run& run = *section.run;
    run.bytes -= run.run->sections()[section.index].size;
    if (--run.sections == 0) m_fileBytes -= run.run->bytes();
    section = {};
    m_freeSections.push_back(number);
}

void SessionFiles::spillBeyondShare(std::uint64_t bytes) {
    if (!m_share.isBounded() || !m_share.isOver(bytes) || busy() || m_groupsMade == m_freeGroups.size())
        return;
    const std::uint64_t aggregates = m_aggregates->memoryBytes();
    if (aggregates < m_share.bytes() / kLeastOfShare) return;
    m_spill.emplace(Spill{});
    const std::uint64_t most = std::min(m_share.bytes() / kSectionsOfShare, kMostOfSection);
    const std::uint64_t each = std::max<std::uint64_t>(1, aggregates / (m_groupsMade - m_freeGroups.size()));
    m_spill->perSection = std::clamp<std::uint64_t>(most / each, 1, kMostSessions);
}

/// What was there before the spill stands where it fails.
Status SessionFiles::spillSome(CallBudget& budget) {
    const Status status = spillOn(budget);
    if (status.ok() || m_spill->unreadable || !m_folder->isOptional()) return status;
    m_notes = m_folder->staysInMemory(status.error());
    for (const std::uint32_t section : m_spill->again) m_sections[section].again = false;
    m_spill.reset();
    m_share.unbound();
    return {};
}

Status SessionFiles::spillOn(CallBudget& budget) {
    if (!m_spill->writer) {
        RW_TRY_ASSIGN(m_spill->writer, SortedRunWriter::create(m_folder));
    }
    if (m_spill->nextSession < m_groups.size()) {
        list(budget);
        return {};
    }
    if (m_spill->nextAgain < m_spill->again.size()) return writeAgain(budget);
    if (!m_spill->byEnd.empty()) return writeFirst(budget);
    return finishSpill();
}

/// With the sections that have sessions with a rest, those are written again of files of which the most is of
/// no use any more: they would take up the disk as long as one session is in them.
void SessionFiles::list(CallBudget& budget) {
    const auto writeAgain = [this](std::uint32_t number) {
        if (!std::exchange(m_sections[number].again, true)) m_spill->again.push_back(number);
    };
    const Millis stretch = std::max<Millis>(1, m_plan->gap / kStretchesOfGap);
    const std::size_t end = std::min(m_groups.size(), m_spill->nextSession + kListedPerUnit * budget.left());
    budget.spend(1 + (end - m_spill->nextSession) / kListedPerUnit);
    for (; m_spill->nextSession < end; ++m_spill->nextSession) {
        const std::uint32_t session = m_spill->nextSession;
        if (m_groups[session] == kNone) continue;
        if (isInFile(session)) {
            writeAgain(m_sectionOf[session]);
        } else {
            m_spill->byEnd[m_sessions->at(session).window.end / stretch].push_back(session);
        }
    }
    if (end < m_groups.size()) return;
    for (std::uint32_t number = 0; number < m_sections.size(); ++number) {
        const Run* const run = m_sections[number].run.get();
        if (run && 2 * run->bytes < run->run->bytes()) writeAgain(number);
    }
}

Status SessionFiles::writeAgain(CallBudget& budget) {
    Result<Read> section = read(m_spill->again[m_spill->nextAgain++]);
    if (!section.ok()) m_spill->unreadable = true;
    RW_TRY_ASSIGN(Read found, std::move(section));
    if (changes) changes->wasRead(found);
    std::vector<std::uint32_t> rests, targets;
    for (std::size_t i = 0; i < found.sessions.size(); ++i) {
        if (groupOf(found.sessions[i]) == kNone) continue;
        rests.push_back(groupOf(found.sessions[i]));
        targets.push_back(found.groups[i]);
    }
    found.aggregates.merge(*m_aggregates, rests, targets);
    for (std::size_t from = 0; from < found.sessions.size(); from += m_spill->perSection) {
        const std::size_t count = std::min(m_spill->perSection, found.sessions.size() - from);
        RW_TRY(write(std::span(found.sessions).subspan(from, count), found.aggregates,
                     std::span(found.groups).subspan(from, count)));
    }
    budget.spend(1 + 2 * found.sessions.size());
    return {};
}

/// Those that end first.
Status SessionFiles::writeFirst(CallBudget& budget) {
    std::vector<std::uint32_t> sessions, groups;
    auto& byEnd = m_spill->byEnd;
    while (!byEnd.empty() && sessions.size() < m_spill->perSection) {
        std::vector<std::uint32_t>& first = byEnd.begin()->second;
        const std::size_t count = std::min(first.size(), m_spill->perSection - sessions.size());
        sessions.insert(sessions.end(), first.end() - static_cast<std::ptrdiff_t>(count), first.end());
        first.resize(first.size() - count);
        if (first.empty()) byEnd.erase(byEnd.begin());
    }
    for (const std::uint32_t session : sessions) groups.push_back(m_groups[session]);
    budget.spend(1 + sessions.size());
    return write(sessions, *m_aggregates, groups);
}

/// A section of a file has no key group: it is read as a whole, at its time.
Status SessionFiles::write(std::span<const std::uint32_t> sessions, const Aggregates& aggregates,
                           std::span<const std::uint32_t> groups) {
    StateWriter record;
    sql::StateFieldsWriter fields;
    m_spill->written.emplace_back(sessions.begin(), sessions.end());
    fields(kSessions, m_spill->written.back());
    fields.writeTo(record);
    aggregates.snapshot(groups, record);
    const std::string bytes = record.finish();
    // The run has a checksum of its own.
    return m_spill->writer->add(0, static_cast<std::uint32_t>(sessions.size()),
                                std::string_view(bytes).substr(state_layout::kSealSize));
}

/// The file has all aggregates now: the memory is free.
Status SessionFiles::finishSpill() {
    RW_TRY_ASSIGN(std::unique_ptr<SortedRun> written, m_spill->writer->finish());
    const Spill spill = *std::exchange(m_spill, std::nullopt);
    for (const std::uint32_t section : spill.again) drop(section);
    m_fileBytes += written->bytes();
    const auto run = std::make_shared<Run>();
    run->bytes = written->bytes();
    run->sections = spill.written.size();
    run->run = std::move(written);
    for (std::size_t i = 0; i < spill.written.size(); ++i) addSection(run, i, spill.written[i]);
    std::fill(m_groups.begin(), m_groups.end(), kNone);
    *m_aggregates = Aggregates(*m_plan);
    m_groupsMade = 0;
    std::vector<std::uint32_t>().swap(m_freeGroups);  // an assignment would keep the memory
    return {};
}

void SessionFiles::addSection(const std::shared_ptr<Run>& run, std::size_t index,
                              std::span<const std::uint32_t> sessions) {
    if (m_freeSections.empty()) {
        m_freeSections.push_back(static_cast<std::uint32_t>(m_sections.size()));
        m_sections.emplace_back();
    }
    const std::uint32_t number = m_freeSections.back();
    m_freeSections.pop_back();
    Section& section = m_sections[number];
    section.run = run;
    section.index = index;
    section.sessions = sessions.size();
    for (const std::uint32_t session : sessions) {
        m_sectionOf[session] = number;
        if (!changes) continue;
        section.changed = section.changed || changes->hasChanged(session);
        section.frozen = section.frozen || changes->isFrozen(session);
    }
    if (section.frozen) m_frozen.push_back(number);
}

Status SessionFiles::addAllTo(Aggregates& all) const {
    all.resize(m_sessions->numbers());
    std::vector<std::uint32_t> sessions, groups;
    for (std::uint32_t session = 0; session < m_groups.size(); ++session) {
        if (m_groups[session] == kNone) continue;
        sessions.push_back(session);
        groups.push_back(m_groups[session]);
    }
    for (std::uint32_t section = 0; section < m_sections.size(); ++section) {
        if (!m_sections[section].run) continue;
        RW_TRY_ASSIGN(const Read found, read(section));
        all.merge(found.aggregates, found.groups, found.sessions);
    }
    all.merge(*m_aggregates, groups, sessions);
    return {};
}

void SessionFiles::freeze(bool whole) {
    m_frozen.clear();
    for (std::uint32_t number = 0; number < m_sections.size(); ++number) {
        Section& section = m_sections[number];
        section.frozen = section.run && (whole || section.changed);
        section.changed = false;
        if (section.frozen) m_frozen.push_back(number);
    }
}

Result<SessionFiles::Read> SessionFiles::readFrozen() {
    const std::uint32_t number = m_frozen.back();
    m_frozen.pop_back();
    // Its sessions may be in memory again, or in another.
    if (!std::exchange(m_sections[number].frozen, false)) return Read(*m_plan);
    return read(number);
}

std::size_t SessionFiles::memoryBytes() const {
    std::size_t bytes = (m_groups.capacity() + m_sectionOf.capacity() + m_freeGroups.capacity() +
                         m_frozen.capacity() + m_freeSections.capacity()) *
                        sizeof(std::uint32_t);
    bytes += m_sections.capacity() * sizeof(Section);
    return bytes + (m_sections.size() - m_freeSections.size()) * sizeof(SortedRun::Section);
}

}  // namespace rw
