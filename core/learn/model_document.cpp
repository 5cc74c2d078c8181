#include "core/learn/model_document.h"

#include <algorithm>

#include "core/learn/linear_document.h"
#include "core/pipeline/json/json_pull.h"

namespace rw::learn {

namespace {

constexpr std::size_t kMostNamed = 10'000;  // features, options and keys of one model, each

Text exportAnew() {
    return RW_TEXT("learning", "Export the model anew with `rillwright model export`.");
}

/// The same error; its mend is for a file that was exported.
Status toExport(const Status& status) {
    return {ErrorCode::Invalid, status.error().message, exportAnew()};
}

DocumentHead headOf(const LearningPlan& plan) {
    return {plan.node,         plan.method, plan.model->version(), plan.options,
            plan.rows().names, plan.scaled, plan.keyTypes};
}

std::string namesOf(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
}

std::string headJson(const DocumentHead& head) {
    std::string out = "  \"learnt\": {\"node\": ";
    appendJsonText(out, head.node);
    out += ", \"method\": ";
    appendJsonText(out, head.method);
    out += ", \"version\": " + std::to_string(head.version) + ",\n    \"options\": {";
    const char* comma = "";
    for (const auto& [name, value] : head.options.all()) {
        out += comma;
        appendJsonText(out, name);
        out += ": ";
        appendNumber(out, value);
        comma = ", ";
    }
    out += "},\n    \"features\": [";
    comma = "";
    for (const std::string& name : head.features) {
        out += comma;
        appendJsonText(out, name);
        comma = ", ";
    }
    out += std::string("], \"scale\": ") + (head.scaled ? "\"running\"" : "\"none\"") + ", \"keys\": [";
    comma = "";
    for (const Type& type : head.keys) {
        out += comma;
        appendJsonText(out, toString(type));
        comma = ", ";
    }
    return out + "]},\n";
}

void readOptions(JsonPull& json, ModelOptions& options) {
    std::string name;
    for (json.beginObject(); json.nextKey(name);) {
        options.set(name, json.number());
        if (options.all().size() > kMostNamed) json.fail(RW_TEXT("learning", "There are too many options."));
    }
}

void readTexts(JsonPull& json, std::vector<std::string>& texts) {
    for (json.beginArray(); json.nextItem();) {
        texts.push_back(json.text());
        if (texts.size() > kMostNamed) json.fail(RW_TEXT("learning", "There are too many names."));
    }
}

void readKeys(JsonPull& json, std::vector<Type>& keys) {
    std::vector<std::string> names;
    readTexts(json, names);
    for (const std::string& name : names) {
        const Result<Type> type = parseType(name);
        if (!type.ok()) return json.fail(type.error().message);
        keys.push_back(*type);
    }
}

DocumentHead readLearnt(JsonPull& json) {
    DocumentHead head;
    std::string key;
    for (json.beginObject(); json.nextKey(key);) {
        if (key == "node") {
            head.node = json.text();
        } else if (key == "method") {
            head.method = json.text();
        } else if (key == "version") {
            head.version = static_cast<std::uint64_t>(json.integer());
        } else if (key == "options") {
            readOptions(json, head.options);
        } else if (key == "features") {
            readTexts(json, head.features);
        } else if (key == "scale") {
            head.scaled = json.text() == "running";
        } else if (key == "keys") {
            readKeys(json, head.keys);
        } else {
            json.fail(RW_TEXT("learning", "“learnt” has no “%1”.").with(key));
        }
    }
    return head;
}

/// Reads on until the value of `wanted`: false where it does not come, or the text is no document.
bool seek(JsonPull& json, std::string_view wanted, bool& first) {
    std::string key;
    while (json.nextKey(key)) {
        if (std::exchange(first, false)) {
            if (key != "rillwright_model") {
                json.fail(
                    RW_TEXT("learning", "This is no model: its first key is “%1”, not “rillwright_model”.")
                        .with(key));
            } else if (const std::int64_t version = json.integer(); version != kDocumentVersion) {
                json.fail(
                    RW_TEXT("learning", "The format of this model is version %1; version %2 can be read.")
                        .with(version, kDocumentVersion));
            }
        } else if (key == wanted) {
            return true;
        } else {
            (void)json.value();
        }
    }
    return false;
}

Result<DocumentHead> readHead(JsonPull& json, bool& first) {
    json.beginObject();
    const bool found = seek(json, "learnt", first);
    DocumentHead head;
    if (found) head = readLearnt(json);
    if (json.failed()) return toExport(json.status());
    if (found) return head;
    return Status(
        ErrorCode::Invalid, RW_TEXT("learning", "No node has learnt this model: it has no “learnt”."),
        RW_TEXT("learning",
                "Take a file of `rillwright model export`. A model that another program has trained "
                "is for the node Score."));
}

/// How options of both differ, as “season: 24, and 7 here”.
std::string differenceOf(const ModelOptions& file, const ModelOptions& node) {
    std::string out;
    for (const auto& [name, value] : node.all()) {
        const double other = file.number(name, kUnknown);
        if (other == value) continue;
        out += (out.empty() ? "" : "; ") + name + ": ";
        if (other == other) {
            appendNumber(out, other);
        } else {
            out += "–";
        }
        out += " → ";
        appendNumber(out, value);
    }
    return out;
}

/// The error of one model, with the options that may have led to it.
Status inItem(std::size_t number, const Status& status, const DocumentHead& head, const LearningPlan& plan) {
    const std::string differ = differenceOf(head.options, plan.options);
    return {ErrorCode::Invalid,
            RW_TEXT("learning", "Model %1 of the file: %2").with(number, status.error().message),
            differ.empty()
                ? exportAnew()
                : RW_TEXT("learning",
                          "Give the node the options that the file was exported with. They differ, "
                          "from the file to the node: %1.")
                      .with(differ)};
}

}  // namespace

std::string modelDocument(const LearningPlan& plan, const KeyModels& models, std::string_view about) {
    std::string out = "{ \"rillwright_model\": " + std::to_string(kDocumentVersion) + ",\n  \"about\": ";
    appendJsonText(out, about);
    out += ",\n";
    const KeyState* const only = plan.keyTypes.empty() ? models.only() : nullptr;
    const auto linear = only != nullptr ? linearDocument(plan, *only) : std::nullopt;
    if (linear) out += linear->head;
    out += headJson(headOf(plan));
    if (linear) out += linear->numbers;
    out += "  \"models\": [";
    models.appendJson(out);
    return out + "] }\n";
}

Result<DocumentHead> documentHead(std::string_view text) {
    JsonPull json(text);
    bool first = true;
    return readHead(json, first);
}

Status fitHead(const DocumentHead& head, const LearningPlan& plan) {
    const DocumentHead own = headOf(plan);
    const auto differs = [](Text message, Text fix) {
        return Status(ErrorCode::Invalid, std::move(message), std::move(fix));
    };
    if (head.node != own.node || head.method != own.method)
        return differs(
            RW_TEXT("learning", "The file has a model of a node %1, method %2; this is %3, method %4.")
                .with(head.node, head.method, own.node, own.method),
            RW_TEXT("learning", "Choose the node and the method that it was exported from."));
    if (head.version != own.version)
        return differs(RW_TEXT("learning", "The fields of the model are version %1; version %2 can be read.")
                           .with(head.version, own.version),
                       exportAnew());
    if (head.features != own.features)
        return differs(
            RW_TEXT("learning", "The model in the file has the features %1; the node has %2.")
                .with(namesOf(head.features), namesOf(own.features)),
            RW_TEXT("learning", "Give the node these features, under these names and in this order."));
    if (head.scaled != own.scaled)
        return differs(RW_TEXT("learning", "The model in the file was learnt with another “Scale”."),
                       RW_TEXT("learning", "Set “Scale” as it was where the file was exported."));
    if (head.keys == own.keys) return {};
    std::vector<std::string> ofFile, ofNode;
    for (const Type& type : head.keys) ofFile.push_back(toString(type));
    for (const Type& type : own.keys) ofNode.push_back(toString(type));
    return differs(RW_TEXT("learning",
                           "The models in the file are of keys of the types (%1), those of the node of (%2).")
                       .with(namesOf(ofFile), namesOf(ofNode)),
                   RW_TEXT("learning", "Give the node keys of these types, in this order."));
}

Status takeDocument(std::string_view text, const LearningPlan& plan, const KeyGroups& own,
                    KeyModels& models) {
    JsonPull json(text);
    bool first = true;
    RW_TRY_ASSIGN(const DocumentHead head, readHead(json, first));
    RW_TRY(fitHead(head, plan));
    if (seek(json, "models", first)) {
        std::size_t number = 0;
        for (json.beginArray(); json.nextItem();) {
            const std::string_view item = json.value();
            if (json.failed()) break;
            const Status taken = models.takeJson(item, own);
            if (!taken.ok()) return inItem(number + 1, taken, head, plan);
            ++number;
        }
        std::string key;
        while (json.nextKey(key)) (void)json.value();
        json.end();
    } else if (!json.failed()) {
        return {ErrorCode::Invalid, RW_TEXT("learning", "The file has no “models”."), exportAnew()};
    }
    return json.failed() ? toExport(json.status()) : Status();
}

}  // namespace rw::learn
