// What a row displaced: the rows that have no place at a node where it has one.
#pragma once
#include "core/lineage/gather.h"
#include "core/lineage/lineage.h"
#include "core/lineage/upstream.h"
#include "core/lineage/versions.h"

namespace rw {

/// Sets `displacers` of the nodes that were asked about one row, which stands at the end, and, where the
/// question asks for it, `displaced`. `asked` null: the row does not stand. An error as of
/// Gatherer::gather(), and where it was asked for and no node can tell.
Status tellDisplaced(const LineageQuestion& question, const Upstream& upstream, Gatherer& gatherer,
                     const AskedRows* asked, Lineage& lineage);

}  // namespace rw
