#include "core/cluster/deployment_json.h"

#include "core/cluster/json_members.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/json/json_layout.h"

namespace rw {

namespace {

Json textsJson(const std::vector<std::string>& texts) {
    Json out = Json::array();
    for (const std::string& text : texts) out.push_back(text);
    return out;
}

}  // namespace

std::string writeDeployment(const Deployment& deployment) {
    Json savepoints = Json::array();
    for (const Savepoint& savepoint : deployment.savepoints) {
        Json& added = savepoints.emplace_back(Json::object());
        added["path"] = savepoint.path;
        added["at"] = savepoint.at;
        if (savepoint.checkpoint) added["checkpoint"] = true;
    }
    Json out = Json::object();
    // A program that knows the first form alone takes it for a job that was submitted as SQL.
    out["deployment"] = deployment.plan.empty() ? 1 : 2;
    out["job"] = deployment.job;
    out["target"] = deployment.target;
    out["engine"] = engineWord(deployment.engine);
    out["file"] = deployment.file;
    out["state"] = deployment.state;
    out["started"] = deployment.started;
    out["ended"] = deployment.ended;
    out["resumed_from"] = deployment.resumedFrom;
    out["savepoints"] = std::move(savepoints);
    out["sinks"] = textsJson(deployment.sinks);
    if (!deployment.outputs.empty()) {
        Json& outputs = out["outputs"] = Json::object();
        for (const auto& [sink, folder] : deployment.outputs) outputs[sink] = folder;
    }
    out["pipeline"] = Json::parse(savePipeline(deployment.pipeline), nullptr, false);
    out["program"] = deployment.program;
    out["graph"] = flinkGraphJson(deployment.graph);
    if (!deployment.plan.empty()) out["plan"] = planRecordJson(deployment.plan);
    return indented(out) + "\n";
}

Result<Deployment> readDeployment(std::string_view text) {
    const Status broken(ErrorCode::Invalid, RW_TEXT("cluster", "It is no record of a deployment."));
    const Json json = Json::parse(text, nullptr, false);
    const Json& pipeline = memberOf(json, "pipeline");
    Deployment out;
    out.job = textIn(json, "job");
    if (out.job.empty() || !pipeline.is_object()) return broken;
    RW_TRY_ASSIGN(Loaded loaded, loadPipeline(onOneLine(pipeline)));
    out.pipeline = std::move(loaded.pipeline);
    out.target = textIn(json, "target");
    out.engine = engineOfWord(textIn(json, "engine")).value_or(Engine{});
    out.file = textIn(json, "file");
    out.state = textIn(json, "state");
    out.started = integerIn(json, "started");
    out.ended = integerIn(json, "ended");
    out.resumedFrom = textIn(json, "resumed_from");
    for (const Json& savepoint : memberOf(json, "savepoints")) {
        std::string path = textIn(savepoint, "path");
        const Json& checkpoint = memberOf(savepoint, "checkpoint");
        const bool kept = checkpoint.is_boolean() && checkpoint.get<bool>();
        if (!path.empty()) out.savepoints.push_back({std::move(path), integerIn(savepoint, "at"), kept});
    }
    for (const Json& sink : memberOf(json, "sinks")) {
        if (sink.is_string()) out.sinks.push_back(sink.get<std::string>());
    }
    if (const Json& outputs = memberOf(json, "outputs"); outputs.is_object()) {
        for (const auto& [sink, folder] : outputs.items()) {
            if (folder.is_string()) out.outputs.emplace(sink, folder.get<std::string>());
        }
    }
    out.program = textIn(json, "program");
    out.graph = flinkGraphOf(memberOf(json, "graph"));
    out.plan = planRecordOf(memberOf(json, "plan"));
    return out;
}

}  // namespace rw
