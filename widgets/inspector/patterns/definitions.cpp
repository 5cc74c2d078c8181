#include "widgets/inspector/patterns/definitions.h"

#include "core/patterns/parse.h"
#include "widgets/inspector/fields/param_field.h"

namespace rw::ui {

namespace {
constexpr char kDefine[] = "define";
}

std::map<std::string, QString> definitionsIn(const FieldContext& context) {
    std::map<std::string, QString> found;
    const Json define = context.params.value(kDefine, Json());
    if (!define.is_array()) return found;
    for (const Json& each : define) {
        if (!each.is_string()) continue;
        const auto& text = each.get_ref<const std::string&>();
        const patterns::Definition definition = patterns::readDefinition(text);
        if (!definition.name.empty())
            found[definition.name] = QString::fromStdString(text.substr(definition.condition)).trimmed();
    }
    return found;
}

}  // namespace rw::ui
