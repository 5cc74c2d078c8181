#include "widgets/inspector/patterns/definitions.h"

#include "widgets/inspector/fields/param_field.h"

namespace rw::ui {

namespace {
constexpr char kDefine[] = "define";
}

std::map<std::string, QString> definitionsIn(const FieldContext& context) {
    std::map<std::string, QString> found;
    const Json define = context.params.value(kDefine, Json());
    if (!define.is_object()) return found;
    for (const auto& [variable, condition] : define.items()) {
        if (condition.is_string()) found[variable] = QString::fromStdString(condition.get<std::string>());
    }
    return found;
}

}  // namespace rw::ui
