#include "core/connect/files/stream_source.h"

#include <algorithm>

#include "core/base/figures.h"
#include "core/connect/files/system_files.h"

namespace rw {

namespace {
constexpr const char* kStreamName = "/dev/stdin";
// Between two looks at an input that has nothing: at once while it runs, less often once it rests.
constexpr std::int64_t kSoonestMillis = 1, kLatestMillis = 20;
// After so many reads without a whole row the run is asked whether it stops.
constexpr int kReadsAtOnce = 16;
}  // namespace

StreamSource::StreamSource(StreamSourceOptions options, std::unique_ptr<RowFormat> format)
    : m_files(options.files ? std::move(options.files) : systemFiles()),
      m_clock(std::move(options.clock)),
      m_format(std::move(format)),
      m_cutter(m_format->framing(), options.blockSize) {}

Status StreamSource::open() {
    m_stream = m_files->standardInput();
    m_readAt = m_clock->steadyMillis();
    return {};
}

Result<Poll> StreamSource::poll(std::unique_ptr<Chunk>& chunk) {
    const std::int64_t now = m_clock->steadyMillis();
    for (int reads = 0;; ++reads) {
        while (m_cutter.cut(m_ended, m_piece)) {
            RW_TRY(m_format->takeHead(m_piece, kStreamName));
            if (m_piece.begin == m_piece.end) continue;
            chunk = takeChunk(*m_format, m_piece, m_piece.end, m_clock->now());
            return Poll{};
        }
        if (m_ended) return Poll{Poll::Kind::End};
        if (reads == kReadsAtOnce) return Poll{Poll::Kind::Wait, now};
        RW_TRY_ASSIGN(const InputStream::Read read, m_stream->read(m_cutter.room()));
        m_ended = read.ended;
        if (read.bytes > 0) {
            m_cutter.hold(read.bytes);
            m_done.fetch_add(read.bytes, std::memory_order_relaxed);
            m_readAt = now;
        } else if (!m_ended) {
            return Poll{Poll::Kind::Wait, now + std::clamp(now - m_readAt, kSoonestMillis, kLatestMillis)};
        }
    }
}

Status StreamSource::parse(const Chunk& chunk, ParsedChunk& out) const {
    out = parseChunk(*m_format, chunk);
    return {};
}

Status StreamSource::snapshot(StateWriter& out) const {
    const RowCutter::Place place = m_cutter.placeBefore({});
    // Before a header nothing but empty lines stood there.
    out.u64("offset", m_format->awaitsHead() ? 0 : place.offset);
    out.u64("skipping", place.skipping ? 1 : 0);
    out.u64("ended", m_ended ? 1 : 0);
    out.bytes("head", m_format->head());
    out.bytes("held", m_cutter.held());
    return {};
}

Status StreamSource::restore(const StateReader& state) {
    RW_TRY_ASSIGN(const std::uint64_t offset, state.u64("offset"));
    RW_TRY_ASSIGN(const std::uint64_t skipping, state.u64("skipping", 0));
    RW_TRY_ASSIGN(const std::uint64_t ended, state.u64("ended", 0));
    RW_TRY_ASSIGN(const std::string_view head, state.bytes("head"));
    RW_TRY_ASSIGN(const std::string_view held, state.bytes("held"));
    if (offset > 0) RW_TRY(m_format->resume(std::string(head), kStreamName));
    m_cutter.begin(offset, {}, skipping != 0);
    keep(held);
    m_ended = ended != 0;
    if (m_ended || m_cutter.offset() == 0) return {};
    m_notes.push_back(RW_TEXT("files",
                              "Standard input continues with what comes now: give it the input after the %1 "
                              "that were read before the checkpoint. Rows that come again count twice.")
                          .with(figures::bytes(m_cutter.offset())));
    return {};
}

void StreamSource::keep(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::span<char> room = m_cutter.room();
        const std::size_t taken = bytes.copy(room.data(), room.size());
        m_cutter.hold(taken);
        bytes.remove_prefix(taken);
    }
}

}  // namespace rw
