// subflow: the nodes of another file as one. It gives way to them before anything is typed
// (core/pipeline/subflow.h).
#include "core/pipeline/subflow_files.h"

namespace rw {

NodeKind subflowKind() {
    NodeKind kind;
    kind.type = "subflow";
    kind.name = RW_TEXT("subflow", "Subflow");
    kind.palette = {{kind.name, RW_TEXT("subflow", "Another pipeline file as one node"), "subflow"}};
    kind.subflow = SubflowRole::Whole;
    // Of a node whose file is not chosen yet, so that it can be put on a wire.
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}};
    ParamSpec file = makeParam(kSubflowFile, ParamKind::InputPath, RW_TEXT("subflow", "Pipeline file"),
                               RW_TEXT("subflow",
                                       "The `.rill` file whose nodes run here. A relative path starts at the "
                                       "folder of this pipeline. The nodes “Subflow input” and “Subflow "
                                       "output” of the file are the ports of this node, by their ids."));
    file.required = true;
    kind.params = {
        std::move(file),
        makeParam(kSubflowValues, ParamKind::StringMap, RW_TEXT("subflow", "Variables"),
                  RW_TEXT("subflow",
                          "Values for variables of that file, by name. A value may use variables of this "
                          "pipeline: `${limit}`. Variables that are not listed keep the values of the file."),
                  Json::object())};
    return kind;
}

}  // namespace rw
