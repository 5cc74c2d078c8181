#include "core/base/status.h"

namespace rw {

ErrorKind errorKindOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::NotFound:
        case ErrorCode::Io:
        case ErrorCode::Locked:
            return ErrorKind::Transient;
        case ErrorCode::Denied:
            return ErrorKind::Denied;
        case ErrorCode::Cancelled:
            return ErrorKind::Cancelled;
        case ErrorCode::Invalid:
        case ErrorCode::Row:
        case ErrorCode::Internal:
        case ErrorCode::Refused:
            break;
    }
    return ErrorKind::Permanent;
}

Status Status::at(const std::string& node, const std::string& param) const {
    if (ok() || !m_error->node.empty()) return *this;
    Error error = *m_error;
    error.node = node;
    error.param = param;
    return Status(std::move(error));
}

Status outOfMemory() {
    return {ErrorCode::Invalid, RW_TEXT("run", "There is not enough memory to go on."),
            RW_TEXT("run", "Give the program more memory, or let the pipeline keep less.")};
}

std::string english(const Error& error) {
    std::string out;
    if (!error.node.empty()) {
        out += error.node;
        if (!error.param.empty()) out += "." + error.param;
        out += ": ";
    }
    out += english(error.message);
    if (!error.fix.empty()) out += " " + english(error.fix);
    return out;
}

}  // namespace rw
