// Why a row that a run kept was late.
#pragma once
#include "core/base/text.h"
#include "core/runtime/metrics/metrics.h"

namespace rw {

/// In a few words: “Window until 12:00:10 closed, watermark 12:01:00”. Days are left out where they are the
/// row's own.
Text lateRowText(const KeptRow& row);

}  // namespace rw
