#include "core/base/output_files.h"

#include <cerrno>

namespace rw {

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
