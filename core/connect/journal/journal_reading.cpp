// Journal: opening it, reading it, and dropping what no checkpoint needs any more.
#include <algorithm>
#include <utility>

#include "core/connect/journal/journal.h"
#include "core/connect/journal/journal_messages.h"

namespace rw {

namespace {

constexpr std::size_t kJournalPieceBytes = std::size_t{1} << 20;  // of messages that are read together

Status damagedJournal(const std::string& path) {
    return {ErrorCode::Invalid, RW_TEXT("journal", "The journal “%1” is damaged.").with(path),
            RW_TEXT("journal",
                    "Move it elsewhere and start the run from the beginning: messages that no checkpoint has "
                    "yet are lost then.")};
}

}  // namespace

Status Journal::openFiles(const std::optional<JournalPosition>& from) {
    OutputFiles& files = *m_options.files;
    const std::string head = headPath();
    files.makeFolder(head.substr(0, head.rfind('/')));
    RW_TRY_ASSIGN(m_claim, files.claim(head, {}, OutputClaim::Mode::Alone));
    RW_TRY_ASSIGN(const std::optional<JournalHead> found, readJournalHead(files, head));
    if (found) {
        m_head = *found;
        RW_TRY(scan());
    } else if (from && !from->journal.empty()) {
        return gone();
    } else {
        m_head.id = m_options.id;
        m_head.settled = m_end = from ? from->next : 0;
        RW_TRY(writeJournalHead(files, head, m_head));
    }
    return beginAt(from);
}

Status Journal::scan() {
    OutputFiles& files = *m_options.files;
    const auto isThere = [&](std::uint64_t number) { return files.state(segmentPath(number)).ok(); };
    m_end = m_head.settled;
    // Of a program that ended before it had removed all that it had dropped.
    for (std::uint64_t number = m_head.firstSegment - 1; number > 0 && isThere(number); --number)
        files.remove(segmentPath(number));
    for (std::uint64_t number = m_head.firstSegment; isThere(number); ++number) {
        const std::uint64_t first = m_segments.empty() ? m_head.settled : m_segments.back().end;
        RW_TRY_ASSIGN(JournalSegment found,
                      scanSegment(files, segmentPath(number), number, first, isThere(number + 1)));
        const bool isEmpty = found.first == found.end;
        if (!m_segments.empty() && !isEmpty) {
            m_segments.back().end = found.first;
        } else if (!m_segments.empty()) {
            // The program ended where it began this one: the one before it is the last with messages.
            const JournalSegment& before = m_segments.back();
            RW_TRY_ASSIGN(m_segments.back(),
                          scanSegment(files, segmentPath(before.number), before.number, before.first, false));
            found.first = found.end = m_segments.back().end;
        }
        m_segments.push_back(found);
    }
    std::uint64_t bytes = 0;
    for (const JournalSegment& segment : m_segments) bytes += segment.bytes;
    figures().bytes = bytes;
    if (!m_segments.empty()) m_end = std::max(m_end, m_segments.back().end);
    return {};
}

Status Journal::beginAt(const std::optional<JournalPosition>& from) {
    const std::uint64_t first = m_segments.empty() ? m_end : m_segments.front().first;
    m_begin.journal = m_head.id;
    if (!from || from->journal.empty()) {
        m_begin.next = std::max(m_head.settled, first);
        return {};
    }
    if (from->journal != m_head.id || from->next < first) return gone();
    m_begin.next = from->next;
    m_end = std::max(m_end, from->next);
    return {};
}

Status Journal::gone() const {
    return {
        ErrorCode::Invalid,
        RW_TEXT("journal", "The journal “%1” does not have the messages behind the checkpoint any more.")
            .with(headPath()),
        RW_TEXT("journal",
                "Resume from a newer checkpoint, put the journal back where it was, or start the run from "
                "the beginning.")};
}

Result<Journal::Read> Journal::read(const WantedParts& wanted) {
    std::uint64_t until = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (m_next >= m_end) return Read{ReceivedMessages(wanted), 0, m_next};
        until = m_unread.empty() ? m_end : m_unread.front().first;
    }
    if (m_unreadOnly && figures().bytes > 2 * m_options.segmentBytes) settle(m_next, m_next);
    return m_next < until ? readSegments(wanted) : readUnread(wanted);
}

Result<Journal::Read> Journal::readUnread(const WantedParts& wanted) {
    Read read{ReceivedMessages(wanted), 0, m_next};
    for (bool more = true; more && read.messages.bytes() < kJournalPieceBytes;) {
        const Unread* block = nullptr;
        {
            const std::lock_guard lock(m_mutex);
            if (m_unread.empty() || m_unread.front().first > m_next) break;
            block = &m_unread.front();  // where it stays: blocks are added behind it
        }
        // Messages of another time are of another piece.
        if (!read.messages.empty() && arrivalOf(block->payload) != read.arrived) break;
        RW_TRY_ASSIGN(const std::size_t added,
                      loadMessages(block->payload, m_next - block->first, read.messages, read.arrived));
        const std::lock_guard lock(m_mutex);
        m_next += added;
        more = m_next == block->first + block->count;
        if (!more) break;
        m_unreadBytes -= block->payload.size();
        m_unread.pop_front();
    }
    read.behind = m_next;
    return read;
}

Result<Journal::Read> Journal::readSegments(const WantedParts& wanted) {
    RW_TRY(findBlock());
    Read read{ReceivedMessages(wanted), 0, m_next};
    RW_TRY_ASSIGN(const std::size_t added,
                  loadMessages(m_block.payload, m_next - m_block.first, read.messages, read.arrived));
    const std::lock_guard lock(m_mutex);
    m_next += added;
    read.behind = m_next;
    return read;
}

/// Reads on to the block of the next message.
Status Journal::findBlock() {
    const auto hasNext = [this] { return m_block.first <= m_next && m_next < m_block.first + m_block.count; };
    if (hasNext()) return {};
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::find_if(
            m_segments.begin(), m_segments.end(),
            [this](const JournalSegment& each) { return each.first <= m_next && m_next < each.end; });
        if (found == m_segments.end()) return damagedJournal(headPath());
        number = found->number;
    }
    if (!m_reader || m_reader->number() != number || m_block.first > m_next) {
        RW_TRY_ASSIGN(std::unique_ptr<InputFile> file, m_options.files->reading(segmentPath(number)));
        m_reader = std::make_unique<JournalSegmentReader>(std::move(file), number);
    }
    while (!hasNext()) {
        RW_TRY_ASSIGN(m_block, m_reader->next());
        if (m_block.count == 0 || m_block.first > m_next) return damagedJournal(segmentPath(number));
    }
    return {};
}

void Journal::settle(std::uint64_t settled, std::uint64_t needed) {
    if (!isOnDisk()) return;
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_writing; });
    m_writing = true;
    const std::vector<JournalSegment> segments = m_segments;
    lock.unlock();
    std::size_t dropped = 0;
    while (dropped < segments.size() && segments[dropped].end <= needed) ++dropped;
    // The last one is begun anew when it is worth it.
    if (dropped > 0 && dropped == segments.size() &&
        segments.back().bytes < m_options.segmentBytes / kWorthDropping)
        --dropped;
    JournalHead head = m_head;
    head.settled = settled;
    if (dropped > 0) head.firstSegment = segments[dropped - 1].number + 1;
    Status status;
    if (head.settled != m_head.settled || dropped > 0)
        status = writeJournalHead(*m_options.files, headPath(), head);
    if (status.ok()) {
        m_head = head;
        if (dropped == segments.size()) m_file.reset();
        for (std::size_t i = 0; i < dropped; ++i) {
            if (m_reader && m_reader->number() == segments[i].number) m_reader.reset();
            m_options.files->remove(segmentPath(segments[i].number));
            figures().bytes -= segments[i].bytes;
        }
    }
    lock.lock();
    if (status.ok()) {
        m_segments.erase(m_segments.begin(), m_segments.begin() + static_cast<std::ptrdiff_t>(dropped));
    } else {
        m_trouble = status.error();
    }
    m_writing = false;
    m_changed.notify_all();
}

}  // namespace rw
