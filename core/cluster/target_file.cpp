#include "core/cluster/target_file.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

#include "core/base/output_files.h"
#include "core/base/own_folders.h"
#include "core/base/whole_file.h"
#include "core/cluster/engine_backend.h"
#include "core/cluster/json_members.h"
#include "core/connect/connections/secret_json.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/json/json_layout.h"
#include "core/pipeline/json/json_scan.h"

namespace rw {

namespace {

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

Result<SecretRef> readSecret(const Json& place, const char* name, const std::string& at) {
    if (!place.contains(name)) return SecretRef{};
    if (const auto secret = secretOfJson(memberOf(place, name))) return *secret;
    // The text may be the secret itself: it is not repeated.
    return wrongInFile(
        at + "." + name, RW_TEXT("cluster", "it should say where the token lies."),
        RW_TEXT("cluster",
                "Secrets do not belong into this file. Write {\"environment\": \"NAME\"} and keep "
                "the token in that variable, or store it in the keyring by the Preferences."));
}

/// Puts the value of one field in the file into the target; without a value the target's stays.
class FieldReader {
 public:
    FieldReader(const Json& place, const TargetField& field, const std::string& at, Target& target)
        : m_place(place), m_field(field), m_at(at), m_target(target) {}

    Status operator()(TargetField::Line line) const {
        RW_TRY_ASSIGN(line(m_target), readTargetText(m_place, m_field.name, m_at, line(m_target)));
        return {};
    }
    Status operator()(TargetField::Lines lines) const {
        if (!m_place.contains(m_field.name)) return {};
        const Json& list = memberOf(m_place, m_field.name);
        const bool texts = list.is_array() && std::all_of(list.begin(), list.end(),
                                                          [](const Json& each) { return each.is_string(); });
        if (!texts) return wrong(RW_TEXT("cluster", "it should be a list of texts."));
        lines(m_target) = list.get<std::vector<std::string>>();
        return {};
    }
    Status operator()(TargetField::Switch on) const {
        if (!m_place.contains(m_field.name)) return {};
        const Json& value = memberOf(m_place, m_field.name);
        if (!value.is_boolean()) return wrong(RW_TEXT("cluster", "it should be true or false."));
        on(m_target) = value.get<bool>();
        return {};
    }
    Status operator()(TargetField::Token token) const {
        RW_TRY_ASSIGN(token(m_target), readSecret(m_place, m_field.name, m_at));
        return {};
    }

 private:
    Status wrong(const Text& what) const { return wrongInFile(m_at + "." + m_field.name, what); }

    const Json& m_place;
    const TargetField& m_field;
    const std::string& m_at;
    Target& m_target;
};

Status readFields(const Json& place, const std::string& at, Target& target) {
    if (!place.is_object()) return wrongInFile(at, RW_TEXT("cluster", "it should be an object."));
    for (const TargetField& field : backendOf(target.engine).fields())
        RW_TRY(std::visit(FieldReader(place, field, at, target), field.place));
    return {};
}

Text oneOfTheEngines() {
    std::string words(engineWord(kEngines.front()));
    for (std::size_t i = 1; i + 1 < kEngines.size(); ++i)
        words += fmt::format("”, “{}", engineWord(kEngines[i]));
    return RW_TEXT("cluster", "it should be “%1” or “%2”.").with(words, engineWord(kEngines.back()));
}

Result<Target> readTarget(const Json& json, const std::string& at) {
    if (!json.is_object()) return wrongInFile(at, RW_TEXT("cluster", "it should be an object."));
    Target target;
    RW_TRY_ASSIGN(target.name, readTargetText(json, "name", at));
    RW_TRY_ASSIGN(target.folder, readTargetText(json, "folder", at));
    RW_TRY_ASSIGN(const std::string engine, readTargetText(json, "engine", at));
    const std::optional<Engine> known = engineOfWord(engine);
    if (!known) return wrongInFile(at + ".engine", oneOfTheEngines());
    target.engine = *known;
    const std::string inside = fmt::format("{}.{}", at, engine);
    RW_TRY(readFields(memberOf(json, engine.c_str()), inside, target));
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

bool isEmptyField(const Json& value) {
    return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty()) ||
           (value.is_array() && value.empty());
}

Json jsonOfField(const Target& target, const TargetField& field) {
    return std::visit(
        [&target](const auto place) -> Json {
            const auto value = fieldValue(target, place);
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, SecretRef>)
                return value.kind == SecretRef::Kind::None ? Json() : jsonOfSecret(value);
            else
                return value;
        },
        field.place);
}

Json jsonOfTarget(const Target& target) {
    const std::string engine(engineWord(target.engine));
    Json json = Json::object();
    json["name"] = target.name;
    json["engine"] = engine;
    if (!target.folder.empty()) json["folder"] = target.folder;
    Json& place = json[engine] = Json::object();
    // Tokens stand last, wherever a form has them.
    for (const bool tokens : {false, true}) {
        for (const TargetField& field : backendOf(target.engine).fields()) {
            if (std::holds_alternative<TargetField::Token>(field.place) != tokens) continue;
            Json value = jsonOfField(target, field);
            if (!field.optional || !isEmptyField(value)) place[field.name] = std::move(value);
        }
    }
    return json;
}

Status putTargetsInPlace(const std::string& text, const std::string& path) {
    std::error_code ignored;
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
    const WrittenWhole written = writeWhole(path, text, FileReaders::Owner);
    if (written.failed) return unwritable(written.failed, path);
    if (written.unsynced)
        return notSynced(path, written.unsynced, RW_TEXT("files", "Check the disk, then save it again."));
    return {};
}

}  // namespace

std::string targetsPath() {
    return configFolder() + "/targets.json";
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
    // The advice of the reader of pipelines is about pipelines.
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
