// The way of an answer through the pipeline: the nodes that the rows came by, and what each did to them.
#pragma once
#include "widgets/lineage/why_asker.h"
#include "widgets/pane/lit_path.h"

namespace rw::ui {

/// In the language of the interface. Nodes and wires are of the pipeline that was asked about, those inside a
/// subflow count for it. Of an answer that failed: none.
LitPath pathOf(const WhyAnswer& answer);

}  // namespace rw::ui
