#include "core/connect/journal/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/connect/files/pending_output.h"
#include "core/connect/files/tape_layout.h"
#include "core/connect/journal/journal_messages.h"

namespace rw {

namespace {

constexpr std::size_t kJournalBlockBytes = std::size_t{8}
                                           << 20;  ///< of a payload, from which on another begins

std::size_t roughBytes(const ReceivedMessage& message) {
    std::size_t bytes = message.topic.size() + 64;
    bytes += message.value ? message.value->size() : 0;
    bytes += message.key ? message.key->size() : 0;
    for (const MessageHeader& header : message.headers)
        bytes += header.name.size() + (header.value ? header.value->size() : 0);
    return bytes;
}

}  // namespace

Result<std::shared_ptr<Journal>> Journal::open(JournalOptions options,
                                               const std::optional<JournalPosition>& from) {
    std::shared_ptr<Journal> journal(new Journal(std::move(options)));
    if (journal->isOnDisk()) {
        RW_TRY(journal->openFiles(from));
    } else {
        journal->m_begin.next = journal->m_end = from ? from->next : 0;
    }
    journal->m_next = journal->m_begin.next;
    return journal;
}

std::string Journal::segmentPath(std::uint64_t number) const {
    return fmt::format("{}-{}", m_options.path, number);
}

Status Journal::append(std::span<const ReceivedMessage> messages, Instant arrived) {
    Adding own;
    for (std::size_t at = 0; at < messages.size();) {
        std::size_t count = 0;
        for (std::size_t bytes = 0; at + count < messages.size(); ++count) {
            bytes += roughBytes(messages[at + count]);
            if (count > 0 && bytes > kJournalBlockBytes) break;
        }
        own.blocks.push_back({0, count, savedMessages(messages.subspan(at, count), arrived)});
        at += count;
    }
    if (own.blocks.empty()) return {};
    std::unique_lock lock(m_mutex);
    m_waiting.push_back(&own);
    while (!own.done) {
        if (m_writing) {
            m_changed.wait(lock);
            continue;
        }
        m_writing = true;
        std::vector<Adding*> group = std::exchange(m_waiting, {});
        std::uint64_t first = m_end;
        for (Adding* const each : group) {
            for (Unread& block : each->blocks) block.first = std::exchange(first, first + block.count);
        }
        lock.unlock();
        const Status status = isOnDisk() ? write(group) : Status();
        lock.lock();
        m_writing = false;
        if (status.ok()) publish(group);
        for (Adding* const each : group) {
            each->status = status;
            each->done = true;
        }
        m_changed.notify_all();
    }
    return own.status;
}

/// With the lock held: they are there for good.
void Journal::publish(std::vector<Adding*>& group) {
    for (Adding* const each : group) {
        for (Unread& block : each->blocks) {
            m_end = block.first + block.count;
            if (isOnDisk() && m_unreadBytes + block.payload.size() > m_options.memoryBytes) continue;
            m_unreadBytes += block.payload.size();
            m_unread.push_back(std::move(block));
        }
    }
}

Status Journal::write(std::vector<Adding*>& group) {
    std::string bytes;
    for (const Adding* const each : group) {
        for (const Unread& block : each->blocks) {
            tape_layout::BlockHeader header;
            header.kind = tape_layout::BlockKind::Messages;
            header.firstPiece = block.first;
            header.pieces = static_cast<std::uint32_t>(block.count);
            header.rows = block.count;
            RW_TRY_ASSIGN(const std::string made, tape_layout::block(header, block.payload));
            bytes += made;
        }
    }
    const Unread& last = group.back()->blocks.back();
    return writeBytes(bytes, group.front()->blocks.front().first, last.first + last.count);
}

/// Adds blocks of the messages from `first` to before `end`. After an error the segment is as it was before.
Status Journal::writeBytes(std::string_view bytes, std::uint64_t first, std::uint64_t end) {
    RW_TRY(openSegment(first));
    JournalSegment segment;
    {
        const std::lock_guard lock(m_mutex);
        segment = m_segments.back();
    }
    const bool isNew = segment.bytes == 0;
    const std::string head = isNew ? segmentHead() : std::string();
    m_torn = true;
    Status status = head.empty() ? Status() : writeAll(*m_file, head);
    if (status.ok()) status = writeAll(*m_file, bytes);
    if (status.ok()) status = m_file->sync();
    if (status.ok() && isNew) {
        const std::string path = segmentPath(segment.number);
        status = m_options.files->syncFolder(path, path);
    }
    if (!status.ok()) {
        // What is left of it may not be followed by anything. Where this fails, too, it is tried before the
        // next.
        if (m_file->cut(segment.bytes).ok()) m_torn = false;
        return status;
    }
    m_torn = false;
    const std::lock_guard lock(m_mutex);
    JournalSegment& now = m_segments.back();
    now.bytes += head.size() + bytes.size();
    now.end = end;
    figures().bytes += head.size() + bytes.size();
    return {};
}

/// The file that blocks are added to, of the last segment or another one.
Status Journal::openSegment(std::uint64_t first) {
    JournalSegment last;
    bool found = false;
    {
        const std::lock_guard lock(m_mutex);
        found = !m_segments.empty();
        if (found) last = m_segments.back();
    }
    if (found && (last.bytes < m_options.segmentBytes && (last.end == first || last.bytes == 0))) {
        const std::string path = segmentPath(last.number);
        if (!m_file) {
            RW_TRY_ASSIGN(m_file, m_options.files->open(path, path));
            m_torn = true;
        }
        if (m_torn) RW_TRY(m_file->cut(last.bytes));
        m_torn = false;
        const std::lock_guard lock(m_mutex);
        if (last.bytes == 0) m_segments.back().first = m_segments.back().end = first;
        return {};
    }
    const std::uint64_t number = found ? last.number + 1 : m_head.firstSegment;
    const std::string path = segmentPath(number);
    m_options.files->remove(path);
    RW_TRY_ASSIGN(m_file, m_options.files->create(path, {}, path));
    m_torn = false;
    const std::lock_guard lock(m_mutex);
    m_segments.push_back({number, first, first, 0});
    return {};
}

bool Journal::isFull() const {
    const std::lock_guard lock(m_mutex);
    return !isOnDisk() && m_unreadBytes >= m_options.memoryBytes;
}

bool Journal::await(Millis within) {
    std::unique_lock lock(m_mutex);
    const auto ready = [this] { return m_woken || m_next < m_end; };
    if (within > 0) (void)m_changed.wait_for(lock, std::chrono::milliseconds(within), ready);
    m_woken = false;
    return m_next < m_end;
}

void Journal::wake() {
    const std::lock_guard lock(m_mutex);
    m_woken = true;
    m_changed.notify_all();
}

std::optional<Error> Journal::takeTrouble() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_trouble, std::nullopt);
}

}  // namespace rw
