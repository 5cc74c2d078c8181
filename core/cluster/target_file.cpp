#include "core/cluster/target_file.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "core/base/output_files.h"
#include "core/base/whole_file.h"
#include "core/cluster/json_members.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/json/json_layout.h"
#include "core/pipeline/json/json_scan.h"

namespace rw {

namespace {

constexpr const char* kFlinkName = "flink";
constexpr const char* kSparkName = "spark";

/// `at` is the place in the file: “targets[2].flink.token”.
Status wrongInFile(const std::string& at, const Text& what, Text fix = {}) {
    return {ErrorCode::Invalid, RW_TEXT("cluster", "%1: %2").with(at, what), std::move(fix)};
}

Result<std::string> readTargetText(const Json& object, const char* name, const std::string& at,
                                   const std::string& otherwise = {}) {
    if (!object.contains(name)) return otherwise;
    const Json& member = memberOf(object, name);
    if (!member.is_string()) return wrongInFile(at + "." + name, RW_TEXT("cluster", "it should be a text."));
    return member.get<std::string>();
}

Result<SecretRef> readSecret(const Json& place, const std::string& at) {
    constexpr const char* kToken = "token";
    if (!place.contains(kToken)) return SecretRef{};
    const Json& token = memberOf(place, kToken);
    for (const auto& [name, kind] : {std::pair{"environment", SecretRef::Kind::Environment},
                                     std::pair{"keyring", SecretRef::Kind::Keyring}}) {
        const Json& member = memberOf(token, name);
        if (token.size() == 1 && member.is_string()) return SecretRef{kind, member.get<std::string>()};
    }
    // Whatever stands there may be the secret: it is not repeated.
    return wrongInFile(
        at + "." + kToken, RW_TEXT("cluster", "it should say where the token lies."),
        RW_TEXT("cluster",
                "Secrets do not belong into this file. Write {\"environment\": \"NAME\"} and keep "
                "the token in that variable, or store it in the keyring by the Preferences."));
}

Result<FlinkAddress> readFlink(const Json& json, const std::string& at) {
    if (!json.is_object()) return wrongInFile(at, RW_TEXT("cluster", "it should be an object."));
    FlinkAddress place;
    RW_TRY_ASSIGN(place.gateway, readTargetText(json, "gateway", at));
    RW_TRY_ASSIGN(place.jobManager, readTargetText(json, "job_manager", at));
    RW_TRY_ASSIGN(place.caFile, readTargetText(json, "ca_file", at));
    RW_TRY_ASSIGN(place.planFolder, readTargetText(json, "plan_folder", at));
    RW_TRY_ASSIGN(place.token, readSecret(json, at));
    if (json.contains("charts")) {
        const Json& charts = memberOf(json, "charts");
        if (!charts.is_boolean())
            return wrongInFile(at + ".charts", RW_TEXT("cluster", "it should be true or false."));
        place.charts = charts.get<bool>();
    }
    return place;
}

Result<SparkAddress> readSpark(const Json& json, const std::string& at) {
    if (!json.is_object()) return wrongInFile(at, RW_TEXT("cluster", "it should be an object."));
    SparkAddress place;
    RW_TRY_ASSIGN(place.submit, readTargetText(json, "submit", at, place.submit));
    RW_TRY_ASSIGN(place.master, readTargetText(json, "master", at, place.master));
    if (!json.contains("options")) return place;
    const Json& options = memberOf(json, "options");
    const bool texts = options.is_array() && std::all_of(options.begin(), options.end(),
                                                         [](const Json& each) { return each.is_string(); });
    if (!texts) return wrongInFile(at + ".options", RW_TEXT("cluster", "it should be a list of texts."));
    place.options = options.get<std::vector<std::string>>();
    return place;
}

Result<Target> readTarget(const Json& json, const std::string& at) {
    if (!json.is_object()) return wrongInFile(at, RW_TEXT("cluster", "it should be an object."));
    Target target;
    RW_TRY_ASSIGN(target.name, readTargetText(json, "name", at));
    RW_TRY_ASSIGN(target.folder, readTargetText(json, "folder", at));
    RW_TRY_ASSIGN(const std::string engine, readTargetText(json, "engine", at));
    if (engine != kFlinkName && engine != kSparkName)
        return wrongInFile(at + ".engine", RW_TEXT("cluster", "it should be “flink” or “spark”."));
    const Json& place = memberOf(json, engine.c_str());
    const std::string inside = fmt::format("{}.{}", at, engine);
    if (engine == kFlinkName) {
        RW_TRY_ASSIGN(target.flink, readFlink(place, inside));
    } else {
        target.engine = Engine::Spark;
        RW_TRY_ASSIGN(target.spark, readSpark(place, inside));
    }
    const Status usable = usableTarget(target);
    if (usable.ok()) return target;
    const Error& error = usable.error();
    const bool outside = error.param == "name" || error.param == "folder";
    return wrongInFile(fmt::format("{}.{}", outside ? at : inside, error.param), error.message, error.fix);
}

/// The first target whose name another one before it has, or all of them.
std::size_t firstTwin(const std::vector<Target>& targets) {
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const auto before = targets.begin() + static_cast<std::ptrdiff_t>(i);
        const auto twin = std::find_if(targets.begin(), before,
                                       [&](const Target& each) { return each.name == targets[i].name; });
        if (twin != before) return i;
    }
    return targets.size();
}

Text twinText(const Target& target) {
    return RW_TEXT("cluster", "Another target has the name “%1” already.").with(target.name);
}

Result<std::vector<Target>> readList(const Json& root) {
    const Json& list = memberOf(root, "targets");
    if (!list.is_array()) return wrongInFile("targets", RW_TEXT("cluster", "it should be a list."));
    std::vector<Target> targets;
    for (const Json& each : list) {
        RW_TRY_ASSIGN(Target target, readTarget(each, fmt::format("targets[{}]", targets.size())));
        targets.push_back(std::move(target));
    }
    const std::size_t twin = firstTwin(targets);
    if (twin < targets.size())
        return wrongInFile(fmt::format("targets[{}].name", twin), twinText(targets[twin]));
    return targets;
}

Json jsonOfSecret(const SecretRef& secret) {
    Json json = Json::object();
    json[secret.kind == SecretRef::Kind::Environment ? "environment" : "keyring"] = secret.name;
    return json;
}

Json jsonOfTarget(const Target& target) {
    Json json = Json::object();
    json["name"] = target.name;
    json["engine"] = target.engine == Engine::Flink ? kFlinkName : kSparkName;
    if (!target.folder.empty()) json["folder"] = target.folder;
    Json place = Json::object();
    if (target.engine == Engine::Flink) {
        place["gateway"] = target.flink.gateway;
        place["job_manager"] = target.flink.jobManager;
        if (!target.flink.caFile.empty()) place["ca_file"] = target.flink.caFile;
        place["charts"] = target.flink.charts;
        if (!target.flink.planFolder.empty()) place["plan_folder"] = target.flink.planFolder;
        if (target.flink.token.kind != SecretRef::Kind::None)
            place["token"] = jsonOfSecret(target.flink.token);
        json[kFlinkName] = std::move(place);
    } else {
        place["submit"] = target.spark.submit;
        place["master"] = target.spark.master;
        if (!target.spark.options.empty()) place["options"] = target.spark.options;
        json[kSparkName] = std::move(place);
    }
    return json;
}

Status putTargetsInPlace(const std::string& text, const std::string& path) {
    std::error_code ignored;
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
    const std::error_code failed = writeWhole(path, text, FileReaders::Owner);
    return failed ? unwritable(failed, path) : Status();
}

}  // namespace

std::string targetsPath() {
    const char* config = std::getenv("XDG_CONFIG_HOME");
    std::string folder;
    if (config != nullptr && *config == '/') {
        folder = config;
    } else {
        const char* home = std::getenv("HOME");
        folder = home != nullptr ? home : "";
        folder += "/.config";
    }
    return folder + "/rillwright/targets.json";
}

Result<std::vector<Target>> readTargets(const std::string& path) {
    const auto read = [&path]() -> Result<std::vector<Target>> {
        RW_TRY_ASSIGN(const std::string text, readPipelineText(path));
        RW_TRY_ASSIGN(const Json root, parseJson(text));
        return readList(root);
    };
    Result<std::vector<Target>> targets = read();
    if (targets.ok()) return targets;
    const Error& error = targets.error();
    if (error.code == ErrorCode::NotFound) return std::vector<Target>();
    if (error.code == ErrorCode::Io) return targets;
    // What the reader of pipelines advises is about pipelines.
    const bool ours = std::string_view(error.message.context) == "cluster" && !error.fix.empty();
    return Status(
        ErrorCode::Invalid,
        RW_TEXT("cluster", "The file of targets “%1” is not as it should be. %2").with(path, error.message),
        ours ? error.fix : RW_TEXT("cluster", "Correct it, or move it away and add the targets anew."));
}

Status writeTargets(const std::vector<Target>& targets, const std::string& path) {
    for (const Target& target : targets) RW_TRY(usableTarget(target));
    if (const std::size_t twin = firstTwin(targets); twin < targets.size()) {
        Error error{ErrorCode::Invalid, twinText(targets[twin]), RW_TEXT("cluster", "Choose another name.")};
        error.param = "name";
        return Status(std::move(error));
    }
    Json list = Json::array();
    for (const Target& target : targets) list.push_back(jsonOfTarget(target));
    Json root = Json::object();
    root["targets"] = std::move(list);
    return putTargetsInPlace(indented(root) + "\n", path);
}

Result<Target> targetNamed(const std::vector<Target>& targets, const std::string& name) {
    std::string known;
    for (const Target& target : targets) {
        if (target.name == name) return target;
        known += known.empty() ? "“" : ", “";
        known += target.name;
        known += "”";
    }
    return Status(ErrorCode::NotFound, RW_TEXT("cluster", "There is no target “%1”.").with(name),
                  known.empty()
                      ? RW_TEXT("cluster", "None is known yet: add one in the Preferences, under Targets.")
                      : RW_TEXT("cluster", "Those that are known: %1.").with(known));
}

}  // namespace rw
