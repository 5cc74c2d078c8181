#include "core/tape/rolling/rolling_tape.h"

#include <algorithm>
#include <utility>

#include "core/base/byte_size.h"
#include "core/connect/files/system_output_files.h"
#include "core/tape/tape_writer.h"

namespace rw {

RollingTape::Segment::~Segment() {
    writer.reset();
    if (outputs) outputs->remove(path);
}

Status RollingTape::open(const MakeContext& context, const TapeStart& start) {
    drop();
    m_clock = context.clock;
    m_outputs = outputFilesOr(m_options.outputs);
    {
        const std::lock_guard lock(m_mutex);
        m_until = 0;
        m_trouble = {};
    }
    const Status status = checked(this->start(start));
    m_start.from = {};  // as large as the state
    return status;
}

Status RollingTape::start(const TapeStart& start) {
    m_start = start;
    m_tooLarge = 0;
    RW_TRY_ASSIGN(m_folder, RollingFolder::make(m_options.parent));
    if (!start.lookups.empty()) {
        RW_TRY_ASSIGN(SegmentRef tables, newSegment("tables", 0));
        const std::lock_guard lock(m_mutex);
        m_tables = std::move(tables);
    }
    RW_TRY(addSegment(0));
    std::fill(m_current.begin(), m_current.end(), m_segments.back());
    if (!start.cuts.empty()) {
        m_segments.back()->cuts = start.cuts;
        beginAt(start.from);
        return {};
    }
    const std::lock_guard lock(m_mutex);
    m_segments.back()->begins = true;
    return {};
}

Result<RollingTape::SegmentRef> RollingTape::newSegment(const char* name, std::uint64_t number) {
    auto made = std::make_shared<Segment>();
    made->path = m_folder->path() + '/' + name + '-' + std::to_string(number) + ".tape";
    made->folder = m_folder;
    made->since = m_clock->now();
    made->sinceSteady = m_clock->steadyMillis();
    made->cuts.resize(m_start.sources.size());
    TapeWriterOptions writing{made->path, made->path, m_options.document, false};
    made->writer = makeTapeRecorder(std::move(writing));
    MakeContext context;
    context.outputs = m_outputs;
    RW_TRY(made->writer->open(context, m_start));
    made->outputs = m_outputs;
    return made;
}

Status RollingTape::addSegment(std::uint64_t barrier) {
    RW_TRY_ASSIGN(SegmentRef made, newSegment("part", m_made++));
    made->barrier = barrier;
    m_current.resize(m_start.sources.size());
    const std::lock_guard lock(m_mutex);
    m_segments.push_back(std::move(made));
    return {};
}

void RollingTape::beginAt(const TapeFrom& from) {
    m_tooLarge = from.state ? 0 : from.bytes;
    if (!from.state) return;
    auto state = std::make_shared<StateSnapshot>(*from.state);
    const SegmentRef& newest = m_segments.back();
    for (std::size_t source = 0; source < m_start.sources.size(); ++source) {
        // One that had ended before has no cut, and in the state that it has.
        const TapeCut& cut = newest->cuts[source];
        if (!cut.state.empty()) state->states[{m_start.sources[source].node, 0}] = {cut.state};
    }
    const std::lock_guard lock(m_mutex);
    newest->from = std::move(state);
    newest->stateBytes = from.bytes;
    newest->begins = true;
}

bool RollingTape::wantsCut() {
    const std::lock_guard lock(m_mutex);
    if (m_segments.empty() || !m_start.asking.empty() || !m_trouble.empty()) return false;
    const Segment& newest = *m_segments.back();
    const auto segments = static_cast<std::uint64_t>(std::max(m_options.limits.segments, 1));
    const Millis longest = m_options.limits.millis / static_cast<Millis>(segments);
    // The oldest can't go before there is another beginning.
    const bool none =
        std::none_of(m_segments.begin(), m_segments.end(), [](const auto& one) { return one->begins; });
    return (none && m_tooLarge == 0) || newest.writer->bytes() >= m_options.limits.bytes / segments ||
           m_clock->steadyMillis() - newest.sinceSteady >= longest;
}

Status RollingTape::write(std::size_t source, const TapePiece& piece) {
    RW_TRY(checked(m_current[source]->writer->write(source, piece)));
    return letGo();
}

Status RollingTape::write(std::size_t lookup, const TapeTable& table) {
    RW_TRY(checked(m_tables->writer->write(lookup, table)));
    return letGo();
}

Status RollingTape::write(std::size_t asking, const Answers& answers) {
    RW_TRY(checked(m_segments.front()->writer->write(asking, answers)));
    return letGo();
}

Status RollingTape::cut(std::size_t source, const TapeCut& cut) {
    if (m_segments.back()->barrier != cut.barrier) RW_TRY(checked(addSegment(cut.barrier)));
    // Who looks at the tape must not find later pieces without those before.
    RW_TRY(checked(m_current[source]->writer->flush()));
    m_current[source] = m_segments.back();
    m_current[source]->cuts[source] = cut;
    return {};
}

Status RollingTape::begin(const TapeFrom& from) {
    if (m_segments.back()->barrier != from.barrier) return {};
    beginAt(from);
    return letGo();
}

Status RollingTape::flush() {
    for (const SegmentRef& segment : m_segments) RW_TRY(checked(segment->writer->flush()));
    return m_tables ? checked(m_tables->writer->flush()) : letGo();
}

Status RollingTape::close(const TapeEnd& end) {
    for (const SegmentRef& segment : m_segments) RW_TRY(checked(segment->writer->close(end)));
    if (m_tables) RW_TRY(checked(m_tables->writer->close(end)));
    const std::lock_guard lock(m_mutex);
    m_until = m_clock->now();
    return {};
}

Status RollingTape::checked(Status status) {
    if (m_ended) status = {ErrorCode::Cancelled, RW_TEXT("tape", "It was turned off.")};
    // A disk that is full gets its room back.
    if (!status.ok()) drop();
    return status;
}

Status RollingTape::letGo() {
    std::vector<SegmentRef> gone;  // their files go behind the lock
    const std::lock_guard lock(m_mutex);
    const std::int64_t oldest = m_clock->steadyMillis() - m_options.limits.millis;
    for (;;) {
        const auto next = std::find_if(m_segments.begin() + 1, m_segments.end(),
                                       [](const SegmentRef& one) { return one->begins; });
        const bool full = bytesLocked() > m_options.limits.bytes;
        if (next == m_segments.end()) {
            if (!full) return {};
            break;
        }
        if (!full && (*next)->sinceSteady > oldest) return {};
        // Sources that have ended were not cut again.
        for (SegmentRef& current : m_current) {
            if (std::find(m_segments.begin(), next, current) != next) current = *next;
        }
        gone.insert(gone.end(), m_segments.begin(), next);
        m_segments.erase(m_segments.begin(), next);
    }
    const std::string most = byteSizeText(m_options.limits.bytes);
    if (const std::uint64_t state = m_tooLarge) {
        return {
            ErrorCode::Refused,
            RW_TEXT(
                "tape",
                "The state of the nodes, %1, is too large to be kept with the newest input, and %2 are full.")
                .with(byteSizeText(state), most)};
    }
    return {ErrorCode::Refused, RW_TEXT("tape", "%1 are full.").with(most)};
}

std::uint64_t RollingTape::bytesLocked() const {
    std::uint64_t bytes = m_tables ? m_tables->writer->bytes() : 0;
    for (const SegmentRef& segment : m_segments) bytes += segment->writer->bytes() + segment->stateBytes;
    return bytes;
}

void RollingTape::gaveUp(const Text& why) {
    const std::lock_guard lock(m_mutex);
    m_trouble = why;
    m_until = m_clock ? m_clock->now() : 0;
}

void RollingTape::end() {
    const std::lock_guard lock(m_mutex);
    m_ended = true;
    m_trouble = RW_TEXT("tape", "It was turned off.");
    // The thread that writes lets go of them with its next call.
    for (const SegmentRef& segment : m_segments) m_outputs->remove(segment->path);
    if (m_tables) m_outputs->remove(m_tables->path);
}

void RollingTape::drop() {
    std::deque<SegmentRef> gone;
    SegmentRef tables;
    {
        const std::lock_guard lock(m_mutex);
        gone.swap(m_segments);
        tables.swap(m_tables);
    }
    m_current.clear();
    m_folder = nullptr;
}

RollingTape::Kept RollingTape::kept() const {
    const std::lock_guard lock(m_mutex);
    Kept kept;
    kept.trouble = m_trouble;
    kept.until = m_until;
    const auto first =
        std::find_if(m_segments.begin(), m_segments.end(), [](const auto& one) { return one->begins; });
    if (first == m_segments.end() || m_ended) return kept;
    kept.any = true;
    kept.fromStart = (*first)->from == nullptr;
    kept.since = (*first)->since;
    kept.bytes = bytesLocked();
    return kept;
}

Result<TapeFileRef> RollingTape::tape(const std::function<bool()>& stop) const {
    std::vector<SegmentRef> segments;
    SegmentRef tables;
    Text trouble;
    TapeFile::Parts joined;
    {
        const std::lock_guard lock(m_mutex);
        const auto first =
            std::find_if(m_segments.begin(), m_segments.end(), [](const auto& one) { return one->begins; });
        if (!m_ended) segments.assign(first, m_segments.end());
        tables = m_tables;
        trouble = m_trouble;
        if (!segments.empty()) joined.from = segments.front()->from;
    }
    if (segments.empty()) {
        const Text fix = RW_TEXT("tape", "Record a run on a tape, and ask again with it.");
        if (trouble.empty())
            return Status(ErrorCode::NotFound, RW_TEXT("tape", "Nothing of the input is kept yet."), fix);
        return Status(ErrorCode::NotFound, RW_TEXT("tape", "Nothing of the input is kept: %1").with(trouble),
                      fix);
    }
    // The newest first: what is written meanwhile is missing at the end alone.
    for (auto at = segments.rbegin(); at != segments.rend(); ++at) {
        RW_TRY_ASSIGN(TapeFileRef part, TapeFile::open((*at)->path, m_options.files, stop));
        joined.parts.insert(joined.parts.begin(), std::move(part));
    }
    if (tables) {
        RW_TRY_ASSIGN(joined.tables, TapeFile::open(tables->path, m_options.files, stop));
    }
    if (joined.from) {
        for (const TapeCut& cut : segments.front()->cuts) joined.rowsBefore.push_back(cut.rows);
    }
    joined.since = segments.front()->since;
    joined.kept =
        std::make_shared<const std::pair<std::vector<SegmentRef>, SegmentRef>>(std::move(segments), tables);
    return TapeFile::join(std::move(joined));
}

}  // namespace rw
