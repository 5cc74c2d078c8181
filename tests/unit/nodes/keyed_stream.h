// The stream that joins with versions and lookups are tried with.
#pragma once
#include "core/pipeline/node_kind.h"
#include "tests/support/batch_of.h"

namespace rw::test {

/// k STRING, v INT, ts TIMESTAMP(3) as event time, from one source.
inline StreamType keyedStream() {
    StreamType type;
    type.schema = schemaOf(
        {{"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}});
    type.eventTime = 2;
    type.sourceOrder = true;
    return type;
}

}  // namespace rw::test
