#include "core/score/head_reader.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_set>
#include <utility>

#include "core/score/model_json.h"

namespace rw::score {

namespace {

template <class T>
using Words = std::vector<std::pair<std::string_view, T>>;

template <class T>
T wordOf(JsonPull& json, const Words<T>& words) {
    const std::string word = json.text();
    std::string all;
    for (const auto& [name, value] : words) {
        if (name == word) return value;
        all += (all.empty() ? "" : ", ") + std::string(name);
    }
    json.fail(RW_TEXT("score", "“%1” is not known here.").with(word),
              RW_TEXT("score", "It may be: %1.").with(all));
    return words.front().second;
}

void readVersion(JsonPull& json) {
    const std::int64_t version = json.integer();
    if (version == kModelVersion || json.failed()) return;
    json.fail(RW_TEXT("score", "The format of this model is version %1; version %2 can be read.")
                  .with(version, kModelVersion),
              RW_TEXT("score", "Write the model anew with the script of the help of this program."));
}

void readInputs(JsonPull& json, std::vector<ModelInput>& inputs) {
    std::unordered_set<std::string> names;
    for (json.beginArray(); json.nextItem();) {
        ModelInput input;
        std::string key;
        for (json.beginObject(); json.nextKey(key);) {
            if (key == "name") {
                input.name = json.text();
            } else if (key == "mean") {
                input.mean = json.number();
            } else {
                json.fail(RW_TEXT("score", "An input has no “%1”.").with(key));
            }
        }
        if (json.failed()) return;
        if (input.name.empty() || !names.insert(input.name).second)
            json.fail(RW_TEXT("score", "Two inputs are named “%1”, or one has no name.").with(input.name));
        inputs.push_back(std::move(input));
        if (inputs.size() > kMostInputs)
            json.fail(RW_TEXT("score", "There are more than %1 inputs.").with(kMostInputs));
    }
}

/// Of a list of classes; strings, whole numbers or truth values, all of one type.
void readClasses(JsonPull& json, Classes& classes) {
    for (json.beginArray(); json.nextItem();) {
        const char next = json.peek();
        const TypeId type = next == '"'                  ? TypeId::String
                            : next == 't' || next == 'f' ? TypeId::Boolean
                                                         : TypeId::Bigint;
        if (classes.size() > 0 && !classes.type.is(type))
            json.fail(RW_TEXT("score", "Classes are of different types."));
        classes.type = Type::of(type);
        if (type == TypeId::String) {
            classes.texts.push_back(json.text());
        } else {
            classes.numbers.push_back(type == TypeId::Boolean ? json.boolean() : json.integer());
        }
        if (classes.size() > kMostClasses)
            json.fail(RW_TEXT("score", "There are more than %1 classes.").with(kMostClasses));
    }
    if (classes.size() < 2) json.fail(RW_TEXT("score", "A classifier has two classes at least."));
}

Type readType(JsonPull& json) {
    const std::string name = json.text();
    const Result<Type> type = parseType(name);
    if (!json.failed() && !type.ok()) json.fail(type.error().message, type.error().fix);
    return type.ok() ? *type : Type{};
}

void readOutputs(JsonPull& json, std::vector<ModelOutput>& outputs) {
    static const Words<Gives> kGives{{"value", Gives::Value},
                                     {"class", Gives::Class},
                                     {"probability", Gives::Probability},
                                     {"raw", Gives::Raw}};
    for (json.beginArray(); json.nextItem();) {
        ModelOutput output;
        std::string key;
        for (json.beginObject(); json.nextKey(key);) {
            if (key == "name") {
                output.name = json.text();
            } else if (key == "type") {
                output.type = readType(json);
            } else if (key == "gives") {
                output.gives = wordOf(json, kGives);
            } else if (key == "of") {
                const std::int64_t item = json.integer();
                if (item < 0) json.fail(RW_TEXT("score", "“of” counts from 0."));
                output.item = static_cast<std::size_t>(std::max<std::int64_t>(item, 0));
            } else {
                json.fail(RW_TEXT("score", "An output has no “%1”.").with(key));
            }
        }
        if (json.failed()) return;
        const bool known = std::any_of(outputs.begin(), outputs.end(),
                                       [&](const ModelOutput& other) { return other.name == output.name; });
        if (output.name.empty() || known)
            json.fail(RW_TEXT("score", "Two outputs are named “%1”, or one has no name.").with(output.name));
        outputs.push_back(std::move(output));
        if (outputs.size() > kMostOutputs)
            json.fail(RW_TEXT("score", "There are more than %1 outputs.").with(kMostOutputs));
    }
}

void readKey(const std::string& key, JsonPull& json, JsonHead& read) {
    static const Words<Link> kLinks{{"identity", Link::Identity},
                                    {"logistic", Link::Logistic},
                                    {"softmax", Link::Softmax},
                                    {"one_vs_rest", Link::OneVsRest},
                                    {"exp", Link::Exp}};
    static const Words<bool> kTypes{{"DOUBLE", false}, {"FLOAT", true}};
    ModelHead& head = read.head;
    if (key == "about") {
        head.about = json.text();
    } else if (key == "inputs") {
        readInputs(json, head.inputs);
    } else if (key == "input_type") {
        head.floats = wordOf(json, kTypes);
    } else if (key == "missing") {
        head.missing = json.boolean();
    } else if (key == "classes") {
        readClasses(json, head.classes);
    } else if (key == "link") {
        read.link = wordOf(json, kLinks);
    } else if (key == "outputs") {
        readOutputs(json, head.outputs);
    } else if (key == "learnt") {
        (void)json.value();  // for the node that learnt it
    } else if (key == "models") {
        json.fail(RW_TEXT("score", "This model was learnt by a node, and Score can't evaluate it."),
                  RW_TEXT("score",
                          "Score evaluates linear models of Classify and Regress without keys, and with two "
                          "classes at least. Give others to a node of the type that learnt them."));
    } else {
        json.fail(RW_TEXT("score", "A model has no “%1”, or not at this place.").with(key),
                  RW_TEXT("score", "The order is that of the help: “linear” and “trees” are last."));
    }
}

/// Whether the declared type can hold the classes.
bool fits(const Classes& classes, Type type) {
    if (!classes.type.is(TypeId::Bigint)) return type == classes.type;
    if (type.is(TypeId::Bigint)) return true;
    return type.is(TypeId::Int) &&
           std::all_of(classes.numbers.begin(), classes.numbers.end(), [](std::int64_t number) {
               return number >= std::numeric_limits<std::int32_t>::min() &&
                      number <= std::numeric_limits<std::int32_t>::max();
           });
}

}  // namespace

JsonHead readHead(JsonPull& json) {
    JsonHead read;
    std::string key;
    std::unordered_set<std::string> keys;
    json.beginObject();
    while (json.nextKey(key)) {
        if (keys.empty() && key != "rillwright_model") {
            json.fail(RW_TEXT("score", "This is no model: its first key is “%1”, not “rillwright_model”.")
                          .with(key),
                      RW_TEXT("score", "Write the model with the script of the help."));
        } else if (!keys.insert(key).second) {
            json.fail(RW_TEXT("score", "“%1” stands here twice.").with(key));
        } else if (keys.size() == 1) {
            readVersion(json);
        } else if (key == "linear" || key == "trees") {
            read.numbers = key;
            break;
        } else {
            readKey(key, json, read);
        }
    }
    if (json.failed()) return read;
    if (read.numbers.empty()) json.fail(RW_TEXT("score", "The model has neither “linear” nor “trees”."));
    if (read.head.inputs.empty()) json.fail(RW_TEXT("score", "The model has no inputs."));
    if (read.head.outputs.empty()) json.fail(RW_TEXT("score", "The model has no outputs."));
    return read;
}

void checkOutputs(const JsonHead& read, std::size_t raws, JsonPull& json) {
    if (json.failed()) return;
    const Classes& classes = read.head.classes;
    const bool classifies = classes.size() > 0;
    if (raws == 0) return json.fail(RW_TEXT("score", "The model computes no number."));
    if (read.link == Link::Logistic && (raws != 1 || classes.size() != 2))
        return json.fail(RW_TEXT("score", "“logistic” is for one number and two classes."));
    const bool perClass = read.link == Link::Softmax || read.link == Link::OneVsRest;
    if ((perClass && !classifies) ||
        (classifies && raws != classes.size() && !(raws == 1 && classes.size() == 2)) ||
        (perClass && raws == 1))
        return json.fail(RW_TEXT("score", "There are %1 numbers for %2 classes.").with(raws, classes.size()));
    const bool probable = read.link == Link::Logistic || (classifies && raws > 1 && read.link != Link::Exp);
    for (const ModelOutput& output : read.head.outputs) {
        const bool probability = output.gives == Gives::Probability;
        if (output.gives == Gives::Class ? !classifies || !fits(classes, output.type)
                                         : !output.type.is(TypeId::Double))
            return json.fail(RW_TEXT("score", "Output “%1” cannot have type %2.")
                                 .with(output.name, toString(output.type)));
        if (output.item >= (probability ? classes.size() : raws) || (probability && !probable) ||
            (output.gives == Gives::Value && classifies))
            return json.fail(
                RW_TEXT("score", "The model does not compute what output “%1” gives.").with(output.name));
    }
}

}  // namespace rw::score
