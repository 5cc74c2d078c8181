#include "core/connect/files/epoch_file.h"

#include <algorithm>
#include <filesystem>

#include "core/base/figures.h"
#include "core/connect/files/output_lock.h"
#include "core/connect/files/output_path.h"
#include "core/connect/files/system_output_files.h"

namespace rw {

namespace {

constexpr const char* kState = "epoch_file";
constexpr std::uint32_t kStateVersion = 1;

/// How much of `text`, which begins at byte `at` of a file, is written at once. A reader sees a file grow
/// page by page: whole rows within a page are seen together, and only one that crosses a page is cut off for
/// an instant.
std::size_t writtenAtOnce(std::string_view text, std::uint64_t at) {
    constexpr std::uint64_t kPage = 4096;
    const auto room = static_cast<std::size_t>(kPage - at % kPage);
    if (text.size() <= room) return text.size();
    if (const std::size_t within = text.rfind('\n', room - 1); within != std::string_view::npos)
        return within + 1;
    const std::size_t across = text.find('\n', room);
    return across == std::string_view::npos ? text.size() : across + 1;
}

}  // namespace

bool takesEpochs(const OutputFiles& files, const std::string& path) {
    if (path == "-" || isSystemName(path)) return false;
    const Result<FileState> found = files.state(path);
    return found.ok() ? found->kind == FileState::Kind::Regular : found.error().code == ErrorCode::NotFound;
}

EpochFile::EpochFile(EpochFileOptions options)
    : m_options(std::move(options)),
      m_files(outputFilesOr(m_options.means.files)),
      m_target(m_files->target(m_options.path)),
      m_sink(m_options.sink),
      m_place(m_options.atEnd ? stagingPath(m_target) : m_target),
      m_rows(m_files, m_target, m_options.mostInMemory) {}

EpochFile::~EpochFile() {
    abort();
}

std::string EpochFile::name() const {
    const std::filesystem::path path(m_options.path);
    const std::filesystem::path within = path.lexically_relative(m_options.folder);
    return within.empty() || within.native().starts_with("..") ? path.native() : within.native();
}

bool EpochFile::isIn(const StateReader& state) {
    return state.has(kState);
}

void EpochFile::snapshot(StateWriter& out) const {
    out.record(kState, kStateVersion, [this](StateWriter& record) {
        record.bytes("sink", m_sink);
        record.bytes("name", name());
        record.bytes("target", m_target);
        record.u64("epoch", m_prepared);
        record.u64("least", m_length);
        record.u64("least_sum", m_tail.checksum());
        record.u64("most", m_length + m_rows.size());
        record.u64("most_sum", m_rows.tail().checksum());
        record.u64("replaces", m_replaces ? 1 : 0);
        record.u64("old_size", m_oldSize);
        record.u64("old_sum", m_oldSum);
        record.u64("at_end", isStaged() ? 1 : 0);
        m_rows.save(record);
    });
}

Status EpochFile::restore(const StateReader& state) {
    if (!isIn(state)) return {};
    RW_TRY_ASSIGN(const StateReader record, state.record(kState));
    if (record.version() != kStateVersion) return brokenState("version of a file");
    RW_TRY_ASSIGN(m_sink, record.bytes("sink"));
    RW_TRY_ASSIGN(m_left, loadLeft(record));
    RW_TRY(m_rows.load(record));
    if (m_left->most < m_left->least || m_left->most - m_left->least != m_rows.size())
        return brokenState("size of waiting rows");
    return {};
}

Status EpochFile::open() {
    RW_TRY(checkOutputFolder(*m_files, m_options.path));
    RW_TRY_ASSIGN(m_claim, m_files->claim(m_options.path, {}, OutputClaim::Mode::Alone));
    if (m_claim->unguarded()) m_notes.push_back(unguardedNote(m_options.path));
    // A file that may not be written may not be replaced either.
    RW_TRY(m_files->mayWrite(m_target, m_options.path));
    PendingOutput::clearOpen(*m_files, m_target);
    if (m_left) RW_TRY(lookBack());
    if (!m_left) {
        m_rows.open() += m_options.head;
        const std::optional<EpochRecord> others = readEpochRecord(*m_files, m_target);
        const Epoch placed = others ? others->epoch : 0;
        m_leavings = Leavings{placed, placed + kSealedBehind};
    }
    return openPlace();
}

Status EpochFile::openPlace() {
    if (m_takeover && (m_takeover->over || m_takeover->copies)) return {};
    if (!m_replaces || !isStaged()) {
        RW_TRY_ASSIGN(m_file, m_files->open(m_place, m_options.path));
        return {};
    }
    // Made now where it can be, so that a folder that takes no files is known at once.
    const Result<FileState> left = m_files->state(m_place);
    return !left.ok() && left.error().code == ErrorCode::NotFound ? createPlace() : Status();
}

Status EpochFile::createPlace() {
    RW_TRY_ASSIGN(m_file, m_files->create(m_place, m_target, m_options.path));
    return {};
}

Status EpochFile::begin() {
    if (const auto leavings = std::exchange(m_leavings, std::nullopt))
        PendingOutput::clearSealed(*m_files, m_target, leavings->first, leavings->last, m_rows.inFiles());
    if (m_file) return {};
    m_files->remove(m_place);  // no other process has the claim
    return createPlace();
}

Status EpochFile::prepare(Epoch epoch) {
    RW_TRY(m_rows.seal(epoch));
    if (m_replaces && !isStaged()) RW_TRY(lookAtOld());
    m_prepared = epoch;
    m_waits = true;
    return {};
}

/// By that a resumed run knows whether the first commit has still to come: a file that another program put
/// there later is not replaced.
Status EpochFile::lookAtOld() {
    m_oldSize = m_oldSum = 0;
    const Result<FileState> state = m_files->state(m_place);
    if (!state.ok() && state.error().code == ErrorCode::NotFound) return {};
    RW_TRY(state.status());
    m_oldSize = state->size;
    const Result<std::unique_ptr<InputFile>> file = m_files->reading(m_place);
    if (!file.ok()) return {};  // it may be written, but not read
    RW_TRY_ASSIGN(const FileTail tail, readTail(**file, m_oldSize));
    m_oldSum = tail.checksum();
    return {};
}

Status EpochFile::commit() {
    if (m_over) return {};
    RW_TRY(takeOver());
    if (m_over) return {};
    RW_TRY(begin());
    RW_TRY(appendPrepared());
    // A pipeline that was edited may have no end any more.
    if (isStaged() && (m_last || !m_options.atEnd)) RW_TRY(commitEpoch());
    if (!m_last) return {};
    m_over = true;
    const Status closed = m_file->close();
    m_file.reset();
    RW_TRY(closed);
    forgetEpochs(*m_files, m_target);
    return {};
}

Status EpochFile::stillThere(std::uint64_t length) const {
    RW_TRY_ASSIGN(const FileState open, m_file->state());
    const Result<FileState> named = m_files->state(m_place);
    const Text fix =
        RW_TEXT("files", "Put the file back and resume from the checkpoint, or start the run anew.");
    if (!named.ok())
        return {ErrorCode::Io, RW_TEXT("files", "“%1” was removed while the run wrote it.").with(m_place),
                fix};
    if (!named->sameFile(open)) {
        return {ErrorCode::Io,
                RW_TEXT("files", "“%1” was replaced by another file while the run wrote it.").with(m_place),
                fix};
    }
    if (m_replaces || open.size == length || (m_dirty && open.size > m_length)) return {};
    return {ErrorCode::Io,
            RW_TEXT("files", "“%1” was changed while the run wrote it: it has %2, and had %3.")
                .with(m_place, figures::bytes(open.size), figures::count(length)),
            fix};
}

Status EpochFile::remember(bool replaces, std::uint64_t least, std::uint64_t leastSum) const {
    return writeEpochRecord(
        *m_files, m_target,
        {m_sink, m_prepared, replaces, least, m_length + m_rows.size(), leastSum, m_rows.tail().checksum()});
}

/// Appends the prepared rows. After an error the file is as long as before, where that can be brought about.
Status EpochFile::appendPrepared() {
    if (!m_waits) return {};
    RW_TRY(stillThere(m_length + m_already));
    if (m_rows.size() > 0 || m_replaces || m_dirty) {
        // It also makes the name of a new file outlive a loss of power.
        RW_TRY(remember(m_replaces, m_length, m_tail.checksum()));
        m_maybeBegun = false;
        if (m_replaces || m_dirty) RW_TRY(m_file->cut(m_length));
        m_dirty = true;
        if (const Status appended = append(); !appended.ok()) {
            m_already = 0;
            m_dirty = !m_file->cut(m_length).ok();
            return appended;
        }
        m_dirty = false;
    }
    const std::uint64_t length = m_length + m_rows.size();
    // From here on missing bytes in the file are an error.
    // The record may have been renamed where this fails.
    m_maybeBegun = m_replaces;
    if (m_replaces) RW_TRY(remember(false, length, m_rows.tail().checksum()));
    m_replaces = m_waits = m_maybeBegun = false;
    m_length = length;
    m_already = 0;
    m_tail = m_rows.tail();
    m_rows.drop();
    return {};
}

Status EpochFile::append() {
    std::uint64_t at = m_length + m_already;
    const Status appended = m_rows.forEach(m_already, [&](std::string_view piece) -> Status {
        while (!piece.empty()) {
            const std::size_t size = writtenAtOnce(piece, at);
            RW_TRY(writeAll(*m_file, piece.substr(0, size)));
            piece.remove_prefix(size);
            at += size;
        }
        return {};
    });
    return appended.ok() ? m_file->sync() : appended;
}

/// All rows are there: they replace the old content.
Status EpochFile::commitEpoch() {
    RW_TRY(stillThere(m_length + m_already));
    RW_TRY(m_files->rename(m_place, m_target, m_options.path));
    m_place = m_target;
    return {};
}

void EpochFile::abort() {
    m_last = false;
    if (m_over) return;
    m_over = true;
    m_rows.giveUp();
    const bool isNew = m_file && m_replaces && !m_maybeBegun && isStaged();
    m_file.reset();
    // Where rows wait to be the first they are in the checkpoint, and the file is made again.
    if (isNew) m_files->remove(m_place);
}

void EpochFile::close() {
    m_file.reset();
    m_claim.reset();
}

}  // namespace rw
