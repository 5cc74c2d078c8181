// Pipelines on disk.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "core/base/byte_size.h"
#include "core/base/system_calls.h"
#include "core/base/whole_file.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/json/json_scan.h"

namespace rw {

namespace {

Status cannotRead(const std::string& path, int error) {
    if (error == ENOENT || error == ENOTDIR) {
        return Status(ErrorCode::NotFound, RW_TEXT("pipeline_file", "There is no file “%1”.").with(path));
    }
    if (error == EISDIR) {
        return Status(ErrorCode::Invalid, RW_TEXT("pipeline_file", "“%1” is a folder.").with(path),
                      RW_TEXT("pipeline_file", "Choose a .rill file."));
    }
    if (error == EACCES || error == EPERM) {
        return Status(ErrorCode::Io, RW_TEXT("pipeline_file", "You may not read “%1”.").with(path));
    }
    return Status(ErrorCode::Io,
                  RW_TEXT("pipeline_file", "“%1” can't be read: %2.").with(path, std::strerror(error)));
}

Status cannotWrite(const std::string& path, int error) {
    const Text other = RW_TEXT("pipeline_file", "Save it somewhere else.");
    switch (error) {
        case ENOSPC:
        case EDQUOT:
            return Status(ErrorCode::Io,
                          RW_TEXT("pipeline_file",
                                  "The disk is full: “%1” was not saved. The file on disk is as it was.")
                              .with(path),
                          RW_TEXT("pipeline_file", "Make room, or save it somewhere else."));
        case EACCES:
        case EPERM:
        case EROFS:
            return Status(ErrorCode::Io, RW_TEXT("pipeline_file", "You may not write “%1”.").with(path),
                          other);
        case EISDIR:
            return Status(ErrorCode::Io, RW_TEXT("pipeline_file", "“%1” is a folder.").with(path), other);
        case ENOTSUP:
            return Status(ErrorCode::Io,
                          RW_TEXT("pipeline_file", "“%1” is a pipe or a device, not a file.").with(path),
                          other);
        case ENOENT:
        case ENOTDIR:
            return Status(ErrorCode::NotFound,
                          RW_TEXT("pipeline_file", "The folder of “%1” does not exist.").with(path), other);
        default:
            return Status(
                ErrorCode::Io,
                RW_TEXT("pipeline_file", "“%1” can't be saved: %2.").with(path, std::strerror(error)), other);
    }
}

}  // namespace

Result<Loaded> loadPipelineFile(const std::string& path) {
    RW_TRY_ASSIGN(const std::string text, readPipelineText(path));
    return loadPipeline(text);
}

Status savePipelineFile(const Pipeline& pipeline, const std::string& path) {
    const std::string text = savePipeline(pipeline);
    RW_TRY(checkLoadable(text));
    return writePipelineText(text, path);
}

Status checkLoadable(std::string_view text) {
    if (text.size() <= kMaxFileBytes) return loadPipeline(text).status();
    return Status(ErrorCode::Invalid,
                  RW_TEXT("pipeline_file", "The pipeline has %1; its file can have at most %2.")
                      .with(byteSizeText(text.size()), byteSizeText(kMaxFileBytes)),
                  RW_TEXT("pipeline_file", "Delete nodes or shorten long parameters, then save it again."));
}

Result<std::string> readPipelineText(const std::string& path) {
    const FileDescriptor file(openFile(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.ok()) return cannotRead(path, errno);
    struct stat info {};
    if (::fstat(file.fd(), &info) != 0) return cannotRead(path, errno);
    if (S_ISDIR(info.st_mode)) return cannotRead(path, EISDIR);
    RW_TRY(checkSize(static_cast<std::uint64_t>(info.st_size)));
    std::string text;
    std::vector<char> block(std::size_t{64} << 10);
    for (;;) {
        const ssize_t n = untilWhole([&] { return ::read(file.fd(), block.data(), block.size()); });
        if (n < 0) return cannotRead(path, errno);
        if (n == 0) break;
        text.append(block.data(), static_cast<std::size_t>(n));
        RW_TRY(checkSize(text.size()));
    }
    return text;
}

Status writePipelineText(std::string_view text, const std::string& path) {
    const WrittenWhole written = writeWhole(path, text, FileReaders::Usual);
    if (written.failed) return cannotWrite(path, written.failed.value());
    if (written.unsynced)
        return notSynced(path, written.unsynced, RW_TEXT("files", "Check the disk, then save it again."));
    return {};
}

}  // namespace rw
