#include "core/connect/files/pending_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "core/connect/files/output_path.h"

namespace rw {

namespace {

constexpr std::uint32_t kPieceVersion = 1;
constexpr std::size_t kReadBytes = std::size_t{256} << 10;
constexpr Epoch kMostCleared = 10'000;  ///< files, of which two can be there

std::string spillPath(const std::string& target) {
    return besidePath(target, ".rill-rows");
}

std::string sealedPath(const std::string& target, Epoch epoch) {
    return besidePath(target, fmt::format(".rill-rows-{}", epoch));
}

Status notWhole(const std::string& path) {
    return {
        ErrorCode::Io,
        RW_TEXT("files", "“%1”, which has rows of the checkpoint, is not there, or not whole.").with(path),
        RW_TEXT("files", "Put it back, or start the run anew.")};
}

}  // namespace

Status writeAll(OutputFile& file, std::string_view text) {
    while (!text.empty()) {
        RW_TRY_ASSIGN(const std::size_t taken, file.write(text));
        text.remove_prefix(taken);
    }
    return {};
}

Status PendingOutput::spillIfLarge() {
    return m_open.size() >= m_most ? spill() : Status();
}

Status PendingOutput::spill() {
    if (!m_spilled) {
        const std::string path = spillPath(m_target);
        m_files->remove(path);
        RW_TRY_ASSIGN(m_spilled, m_files->create(path, m_target, path));
        m_spilledSize = 0;
    }
    RW_TRY(writeAll(*m_spilled, m_open));
    m_spilledSize += m_open.size();
    m_openTail.add(m_open);
    m_open.clear();
    return {};
}

Status PendingOutput::seal(Epoch epoch) {
    if (!m_spilled) {
        m_openTail.add(m_open);
        const std::uint64_t size = m_open.size();
        if (size > 0) m_sealed.push_back({std::exchange(m_open, {}), 0, size});
        m_sealedTail = m_openTail;
        return {};
    }
    RW_TRY(spill());
    RW_TRY(m_spilled->sync());
    RW_TRY(m_spilled->close());
    // One of that name may be another lineage's, and yet be needed.
    Epoch number = epoch;
    while (m_files->state(sealedPath(m_target, number)).ok()) ++number;
    const std::string path = sealedPath(m_target, number);
    // Also syncs the folder: the checkpoint names the file.
    RW_TRY(m_files->rename(spillPath(m_target), path, path));
    m_spilled.reset();
    m_sealed.push_back({{}, number, m_spilledSize});
    m_sealedTail = m_openTail;
    return {};
}

void PendingOutput::giveUp() {
    m_open.clear();
    m_openTail = m_sealedTail;
    if (!std::exchange(m_spilled, nullptr)) return;
    m_files->remove(spillPath(m_target));
}

std::uint64_t PendingOutput::size() const {
    std::uint64_t all = 0;
    for (const Piece& piece : m_sealed) all += piece.size;
    return all;
}

PendingOutput PendingOutput::sealedBeside(std::string target) const {
    PendingOutput other(m_files, std::move(target), m_most);
    other.m_sealed = m_sealed;
    return other;
}

bool PendingOutput::areThere() const {
    return std::all_of(m_sealed.begin(), m_sealed.end(), [this](const Piece& piece) {
        return piece.inFile == 0 || m_files->state(sealedPath(m_target, piece.inFile)).ok();
    });
}

Status PendingOutput::forEach(std::uint64_t from,
                              const std::function<Status(std::string_view piece)>& body) const {
    for (const Piece& piece : m_sealed) {
        const std::uint64_t skipped = std::min(from, piece.size);
        from -= skipped;
        if (skipped == piece.size) continue;
        if (piece.inFile > 0) {
            RW_TRY(readFile(piece, skipped, body));
        } else {
            RW_TRY(body(std::string_view(piece.text).substr(static_cast<std::size_t>(skipped))));
        }
    }
    return {};
}

Status PendingOutput::readFile(const Piece& piece, std::uint64_t from,
                               const std::function<Status(std::string_view)>& body) const {
    const std::string path = sealedPath(m_target, piece.inFile);
    const Result<std::unique_ptr<InputFile>> file = m_files->reading(path);
    if (!file.ok()) return file.error().code == ErrorCode::NotFound ? notWhole(path) : file.status();
    std::string bytes(kReadBytes, '\0');
    while (from < piece.size) {
        const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(kReadBytes, piece.size - from));
        RW_TRY_ASSIGN(const std::size_t read, (*file)->read(from, std::span(bytes.data(), most)));
        if (read == 0) return notWhole(path);
        RW_TRY(body(std::string_view(bytes.data(), read)));
        from += read;
    }
    return {};
}

void PendingOutput::drop() {
    for (const Piece& piece : std::exchange(m_sealed, {})) {
        if (piece.inFile > 0) m_files->remove(sealedPath(m_target, piece.inFile));
    }
}

void PendingOutput::setTail(FileTail tail) {
    m_sealedTail = std::move(tail);
    m_openTail = m_sealedTail;
}

void PendingOutput::save(StateWriter& out) const {
    for (const Piece& piece : m_sealed) {
        out.record("waiting", kPieceVersion, [&piece](StateWriter& record) {
            if (piece.inFile == 0) return record.bytes("text", piece.text);
            record.u64("file", piece.inFile);
            record.u64("size", piece.size);
        });
    }
}

Status PendingOutput::load(const StateReader& state) {
    RW_TRY_ASSIGN(const std::vector<StateReader> pieces, state.records("waiting"));
    std::uint64_t all = 0;
    for (const StateReader& record : pieces) {
        if (record.version() != kPieceVersion) return brokenState("version of waiting rows");
        Piece piece;
        RW_TRY_ASSIGN(piece.inFile, record.u64("file", 0));
        if (piece.inFile > 0) {
            RW_TRY_ASSIGN(piece.size, record.u64("size"));
        } else {
            RW_TRY_ASSIGN(const std::string_view text, record.bytes("text"));
            piece.text = text;
            piece.size = text.size();
        }
        if (piece.size > std::numeric_limits<std::uint64_t>::max() / 2 - all)
            return brokenState("size of waiting rows");
        all += piece.size;
        m_sealed.push_back(std::move(piece));
    }
    return {};
}

void PendingOutput::clearOpen(OutputFiles& files, const std::string& target) {
    files.remove(spillPath(target));
}

void PendingOutput::clearSealed(OutputFiles& files, const std::string& target, Epoch first, Epoch last,
                                const std::vector<Epoch>& but) {
    if (last < first) return;
    const auto remove = [&](Epoch epoch) {
        if (std::find(but.begin(), but.end(), epoch) == but.end()) files.remove(sealedPath(target, epoch));
    };
    const Epoch count = std::min(last - first, kMostCleared);
    for (Epoch back = 0; back <= count; ++back) remove(last - back);
    // A run that found its numbers taken took those behind them.
    for (Epoch more = 1; more <= kMostCleared && files.state(sealedPath(target, last + more)).ok(); ++more)
        remove(last + more);
}

std::vector<Epoch> PendingOutput::inFiles() const {
    std::vector<Epoch> found;
    for (const Piece& piece : m_sealed) {
        if (piece.inFile > 0) found.push_back(piece.inFile);
    }
    return found;
}

}  // namespace rw
