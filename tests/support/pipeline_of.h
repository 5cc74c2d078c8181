// Nodes and wires of pipelines that tests make by hand.
#pragma once
#include "core/pipeline/pipeline.h"

namespace rw::test {

inline Node node(const char* id, const char* type, Json params = Json::object()) {
    Node made;
    made.id = id;
    made.type = type;
    made.params = std::move(params);
    return made;
}

inline Wire wire(const char* from, const char* to, const char* port = "out") {
    return {{from, port}, {to, "in"}, Json::object()};
}

}  // namespace rw::test
