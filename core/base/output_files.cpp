#include "core/base/output_files.h"

#include <cerrno>

namespace rw {

namespace {

/// All bytes of `from`, which is not written any more.
Status copyInto(OutputFile& to, InputFile& from) {
    constexpr std::size_t kAtOnce = std::size_t{1} << 20;
    std::string bytes(kAtOnce, '\0');
    for (std::uint64_t at = 0;;) {
        RW_TRY_ASSIGN(const std::size_t read, from.read(at, bytes));
        if (read == 0) return to.close();
        at += read;
        for (std::string_view left(bytes.data(), read); !left.empty();) {
            RW_TRY_ASSIGN(const std::size_t written, to.write(left));  // 0: it was interrupted
            left.remove_prefix(written);
        }
    }
}

}  // namespace

Status OutputFiles::copy(const std::string& from, const std::string& to, const std::string& shown) {
    RW_TRY_ASSIGN(const std::unique_ptr<InputFile> source, reading(from));
    RW_TRY_ASSIGN(const std::unique_ptr<OutputFile> made, create(to, {}, shown));
    Status status = copyInto(*made, *source);
    if (!status.ok()) remove(to);
    return status;
}

Status unwritable(std::error_code why, const std::string& shown) {
    const int code = why.value();
    if (code == ENOMEM) return outOfMemory();
    if (code == EISDIR) {
        return {ErrorCode::Invalid, RW_TEXT("files", "“%1” is a folder.").with(shown),
                RW_TEXT("files", "Give the name of a file in it.")};
    }
    if (shown == "-") {
        return {ErrorCode::Io, RW_TEXT("files", "Standard output can't be written: %1.").with(why.message())};
    }
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    // Also where access is denied: the folder of a disk that is away often belongs to another user.
    return {ErrorCode::Io, RW_TEXT("files", "“%1” can't be written: %2.").with(shown, why.message()),
            full ? RW_TEXT("files", "Make room on the disk, or write to another one.")
                 : RW_TEXT("files", "Give a file that can be written.")};
}

}  // namespace rw
