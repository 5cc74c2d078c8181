// An issue of a node inside a subflow is shown at the subflow, with the inner node's name in its words.
#pragma once
#include "core/pipeline/issue.h"

namespace rw::ui {

/// The node inside a subflow that the issue is about, by its path (“clean/mean”); empty: it is about none.
NodeId innerNodeOf(const Issue& issue);
/// What it says of that node itself, without its name.
Text innerWordsOf(const Issue& issue);

}  // namespace rw::ui
