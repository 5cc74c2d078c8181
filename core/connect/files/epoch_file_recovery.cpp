// How a run resumes with a file that one before it has left.
#include <algorithm>
#include <span>

#include "core/base/figures.h"
#include "core/connect/files/epoch_file.h"
#include "core/connect/files/output_path.h"

namespace rw {

namespace {

constexpr std::size_t kLookBytes = std::size_t{64} << 10;

/// A loss of power leaves zeros where bytes had not come to the disk; no text has them.
bool hasZeros(InputFile& file, std::uint64_t from, std::uint64_t to) {
    std::string bytes(kLookBytes, '\0');
    for (std::uint64_t at = from; at < to;) {
        const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(kLookBytes, to - at));
        const Result<std::size_t> read = file.read(at, std::span<char>(bytes.data(), most));
        if (!read.ok() || *read == 0) return false;
        if (std::string_view(bytes).substr(0, *read).find('\0') != std::string_view::npos) return true;
        at += *read;
    }
    return false;
}

Text anewOrBack() {
    return RW_TEXT("files", "Put the file back, or start the run anew.");
}

}  // namespace

Result<EpochFile::Left> EpochFile::loadLeft(const StateReader& record) {
    Left left;
    RW_TRY_ASSIGN(left.name, record.bytes("name"));
    RW_TRY_ASSIGN(left.target, record.bytes("target"));
    RW_TRY_ASSIGN(left.epoch, record.u64("epoch"));
    RW_TRY_ASSIGN(left.least, record.u64("least"));
    RW_TRY_ASSIGN(left.leastSum, record.u64("least_sum"));
    RW_TRY_ASSIGN(left.most, record.u64("most"));
    RW_TRY_ASSIGN(left.mostSum, record.u64("most_sum"));
    RW_TRY_ASSIGN(const std::uint64_t replaces, record.u64("replaces"));
    RW_TRY_ASSIGN(const std::uint64_t atEnd, record.u64("at_end"));
    RW_TRY_ASSIGN(left.oldSize, record.u64("old_size", 0));
    RW_TRY_ASSIGN(left.oldSum, record.u64("old_sum", 0));
    left.replaces = replaces != 0;
    left.atEnd = atEnd != 0;
    return left;
}

Status EpochFile::lookBack() {
    m_prepared = m_left->epoch;
    if (m_left->name != name()) {
        RW_TRY_ASSIGN(const bool anew, beginsElsewhere());
        if (anew) {
            m_rows.forget();
            m_left.reset();
            return {};
        }
    }
    m_place = m_left->atEnd ? stagingPath(m_target) : m_target;
    const std::optional<EpochRecord> record = readEpochRecord(*m_files, m_target);
    const EpochRecord* own = record && record->sink == m_sink ? &*record : nullptr;
    RW_TRY_ASSIGN(const bool unbegun, isUnbegun(own));
    Result<Found> found = lookAt(m_place, m_rows);
    RW_TRY(found.status());
    if (found->what == Found::What::None && m_left->atEnd) {
        RW_TRY(takeFromTarget(unbegun));
        if (m_takeover && m_takeover->over) return {};
        found = m_takeover ? Found{Found::What::Whole, m_left->most, m_left->most - m_left->least}
                           : lookAt(m_place, m_rows);
        RW_TRY(found.status());
    }
    RW_TRY(judge(*found, own, unbegun));
    // Epochs behind the checkpoint come again; before it a loss of power may have brought back files that had
    // been removed.
    const Epoch newest = own == nullptr ? m_prepared : std::max(own->epoch, m_prepared);
    m_leavings = Leavings{m_prepared - std::min(m_prepared, kSealedBehind), newest + kSealedBehind};
    return {};
}

/// Whether the first commit may have still to come, or was cut short: the file is the one to be replaced.
Result<bool> EpochFile::isUnbegun(const EpochRecord* own) const {
    if (!m_left->replaces) return false;
    if (own != nullptr) return own->replaces;
    if (m_left->atEnd) return true;
    const Result<FileState> state = m_files->state(m_target);
    if (!state.ok() && state.error().code == ErrorCode::NotFound) return true;
    RW_TRY(state.status());
    if (state->size != m_left->oldSize) return false;
    RW_TRY_ASSIGN(const std::unique_ptr<InputFile> file, m_files->reading(m_target));
    RW_TRY_ASSIGN(const FileTail tail, readTail(*file, state->size));
    return tail.checksum() == m_left->oldSum;
}

Status EpochFile::judge(const Found& found, const EpochRecord* own, bool unbegun) {
    const bool longer = found.what == Found::What::Longer;
    const bool known = isThere(found.what) && (!longer || (own != nullptr && isOwn(*own, found.size)));
    if (known) return goOnWith(found, own);
    return unbegun ? beginAgain() : notAsLeft(found);
}

Result<bool> EpochFile::beginsElsewhere() const {
    const bool any = m_left->most > 0;
    const Result<Found> here = lookAt(m_left->atEnd ? stagingPath(m_target) : m_target, m_rows);
    if (any && here.ok() && isThere(here->what)) return false;  // it was moved there
    if (!m_last && !m_left->atEnd) {
        const Result<Found> there = lookAt(m_left->target, m_rows.sealedBeside(m_left->target));
        const bool inPlace = there.ok() && there->what >= Found::What::Whole;
        if (inPlace || !any) return true;
    }
    return Status(
        ErrorCode::Invalid,
        RW_TEXT("files",
                "The path is “%1” now, and rows of the checkpoint have still to be put in place at “%2”.")
            .with(m_options.path, m_left->target),
        RW_TEXT("files", "Set the path back and go on, or start the run anew."));
}

Result<EpochFile::Found> EpochFile::lookAt(const std::string& path, const PendingOutput& rows) const {
    using What = Found::What;
    const Result<FileState> state = m_files->state(path);
    if (!state.ok() && state.error().code == ErrorCode::NotFound) return Found{};
    RW_TRY(state.status());
    if (state->kind != FileState::Kind::Regular) return Found{What::Other, 0, 0};
    const std::uint64_t size = state->size;
    if (size < m_left->least) return Found{What::Shorter, size, 0};
    RW_TRY_ASSIGN(const std::unique_ptr<InputFile> file, m_files->reading(path));
    RW_TRY_ASSIGN(const FileTail before, readTail(*file, m_left->least));
    if (before.checksum() != m_left->leastSum) return Found{What::Other, size, 0};
    if (size >= m_left->most) {
        RW_TRY_ASSIGN(const FileTail all, readTail(*file, m_left->most));
        const std::uint64_t waiting = m_left->most - m_left->least;
        const bool same = all.checksum() == m_left->mostSum, longer = size > m_left->most;
        if (same && longer) return Found{What::Longer, size, waiting};
        if (longer) return Found{What::Other, size, 0};
        // Pages come to a disk in any order: the last may be there, and one before it not. Rows that are
        // nowhere else any more were removed there once the disk had them.
        if (same && !rows.areThere()) return Found{What::Whole, size, waiting};
    }
    RW_TRY_ASSIGN(const std::optional<std::uint64_t> part, partOf(*file, size, rows));
    if (!part) return Found{What::Other, size, 0};
    return Found{m_left->least + *part == m_left->most ? What::Whole : What::Part, size, *part};
}

/// How many bytes of the rows that wait are in the file, up to its end: nothing else may be there but
/// the zeros that a loss of power leaves where bytes had not come to the disk.
Result<std::optional<std::uint64_t>> EpochFile::partOf(InputFile& file, std::uint64_t size,
                                                       const PendingOutput& rows) const {
    std::uint64_t at = m_left->least, same = 0;
    bool lost = false, other = false;
    std::string there;
    RW_TRY(rows.forEach(0, [&](std::string_view piece) -> Status {
        while (!piece.empty() && at < size && !other) {
            there.resize(static_cast<std::size_t>(
                std::min<std::uint64_t>({piece.size(), size - at, std::uint64_t{kLookBytes}})));
            RW_TRY_ASSIGN(const std::size_t read, file.read(at, std::span<char>(there)));
            other = read == 0;
            for (std::size_t i = 0; i < read && !other; ++i) {
                lost = lost || there[i] != piece[i];
                other = there[i] != piece[i] && there[i] != '\0';
                if (!lost) ++same;
            }
            piece.remove_prefix(read);
            at += read;
        }
        return {};
    }));
    return other ? std::nullopt : std::optional(same);
}

Status EpochFile::beginAgain() {
    FileTail tail;
    RW_TRY(m_rows.forEach(m_rows.size() - std::min<std::uint64_t>(m_rows.size(), FileTail::kBytes),
                          [&tail](std::string_view piece) -> Status {
                              tail.add(piece);
                              return {};
                          }));
    m_rows.setTail(std::move(tail));
    m_replaces = m_waits = true;
    return {};
}

Status EpochFile::goOnWith(const Found& found, const EpochRecord* own) {
    RW_TRY_ASSIGN(const std::unique_ptr<InputFile> file, m_files->reading(foundAt()));
    if (!m_takeover) m_takeover = Takeover{};
    m_takeover->size = found.size;
    RW_TRY_ASSIGN(m_tail, readTail(*file, m_left->least));
    m_length = m_left->least;
    m_already = found.waiting;
    m_replaces = false;
    m_waits = true;
    if (found.what == Found::What::Part) {
        FileTail tail = m_tail;
        RW_TRY(m_rows.forEach(0, [&tail](std::string_view piece) -> Status {
            tail.add(piece);
            return {};
        }));
        m_rows.setTail(std::move(tail));
        return {};
    }
    RW_TRY_ASSIGN(FileTail all, readTail(*file, m_left->most));
    m_rows.setTail(std::move(all));
    if (found.what == Found::What::Whole || own == nullptr) return {};
    RW_TRY_ASSIGN(const FileTail end, readTail(*file, found.size));
    m_takeover->record =
        EpochRecord{m_sink, own->epoch, false, m_left->most, found.size, m_left->mostSum, end.checksum()};
    return {};
}

/// The first commit(): from here on the run owns the output.
Status EpochFile::takeOver() {
    if (!m_takeover) return {};
    if (m_takeover->over) {
        // The run before may have ended because the disk did not say that it has the name.
        RW_TRY(m_files->syncFolder(m_target, m_options.path));
        m_rows.drop();
        forgetEpochs(*m_files, m_target);
        m_over = true;
        return {};
    }
    if (m_takeover->copies) {
        RW_TRY(copyTarget());
        RW_TRY_ASSIGN(m_file, m_files->open(m_place, m_options.path));
    }
    RW_TRY(stillThere(m_takeover->size));
    if (m_takeover->record) RW_TRY(writeEpochRecord(*m_files, m_target, *m_takeover->record));
    RW_TRY(m_file->cut(m_length + m_already));
    // The next record does not know the bytes that are cut off: after a loss of power they must not be there.
    // A run that was killed here may have cut them off without a sync.
    RW_TRY(m_file->sync());
    m_takeover.reset();
    return {};
}

Status EpochFile::takeFromTarget(bool unbegun) {
    RW_TRY_ASSIGN(const Found target, lookAt(m_target, m_rows));
    if (target.what < Found::What::Whole || (unbegun && m_left->most == 0)) return {};
    if (m_last && target.what == Found::What::Whole) {
        m_takeover = Takeover{.over = true};
        m_place = m_target;
        return {};
    }
    if (m_last) return unbegun ? Status() : notAsLeft(target);
    if (m_options.atEnd) {
        m_takeover = Takeover{.copies = true};
    } else {
        m_place = m_target;
    }
    return {};
}

/// A run resumes from an older checkpoint than the last: its rows in place stay in the target until the end.
Status EpochFile::copyTarget() {
    const std::string copy = besidePath(m_target, ".rill-rows");  // as the pending output: removed with it
    RW_TRY_ASSIGN(const std::unique_ptr<InputFile> from, m_files->reading(m_target));
    m_files->remove(copy);
    RW_TRY_ASSIGN(const std::unique_ptr<OutputFile> into, m_files->create(copy, m_target, m_options.path));
    std::string bytes(kLookBytes, '\0');
    for (std::uint64_t at = 0; at < m_left->most;) {
        const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(kLookBytes, m_left->most - at));
        RW_TRY_ASSIGN(const std::size_t read, from->read(at, std::span<char>(bytes.data(), most)));
        if (read == 0) return notAsLeft({Found::What::Shorter, at, 0});
        RW_TRY(writeAll(*into, std::string_view(bytes).substr(0, read)));
        at += read;
    }
    RW_TRY(into->sync());
    RW_TRY(into->close());
    return m_files->rename(copy, m_place, m_options.path);
}

/// Whether all that is in the file, so many bytes, was put there by the run.
bool EpochFile::isOwn(const EpochRecord& record, std::uint64_t size) const {
    if (size < record.least || size > record.most) return false;
    const Result<std::unique_ptr<InputFile>> file = m_files->reading(m_place);
    if (!file.ok()) return false;
    const auto endsAs = [&file](std::uint64_t length, std::uint64_t sum) {
        const Result<FileTail> tail = readTail(**file, length);
        return tail.ok() && tail->checksum() == sum;
    };
    if (size == record.most && endsAs(size, record.mostSum)) return true;
    return (size < record.most || hasZeros(**file, record.least, size)) &&
           endsAs(record.least, record.leastSum);
}

Status EpochFile::notAsLeft(const Found& found) const {
    const std::uint64_t length = m_left->most;
    switch (found.what) {
        case Found::What::None:
            return {ErrorCode::Invalid,
                    RW_TEXT("files", "“%1”, which has the rows before the checkpoint, is not there any more.")
                        .with(m_place),
                    anewOrBack()};
        case Found::What::Shorter:
            return {ErrorCode::Invalid,
                    RW_TEXT("files", "“%1” was shortened: it has %2, and had %3 at the checkpoint.")
                        .with(m_place, figures::bytes(found.size), figures::count(m_left->least)),
                    anewOrBack()};
        case Found::What::Longer:
            return {ErrorCode::Invalid,
                    RW_TEXT("files",
                            "“%1” has %2 behind the %3 of the checkpoint that are not known as the run's.")
                        .with(m_place, figures::bytes(found.size - length), figures::count(length)),
                    RW_TEXT("files",
                            "Move what is behind to another file, so that %1 stay, or start the run anew.")
                        .with(figures::bytes(length))};
        default:
            return {ErrorCode::Invalid,
                    RW_TEXT("files", "“%1” is not what the run left: it was edited, or is another file.")
                        .with(m_place),
                    anewOrBack()};
    }
}

}  // namespace rw
