// What tests of the form of a node look at: its fields, its words, and the parameters that it sets.
#pragma once
#include <QLabel>

#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/fields/param_field.h"
#include "widgets/inspector/param_form.h"

namespace rw::ui {

/// A base of tests, which name its functions as they name their own.
class FormLooks {
 protected:
    static NodeTemplate templateOf(const std::string& type, Json params = Json::object()) {
        NodeTemplate made;
        made.type = type;
        made.params = std::move(params);
        return made;
    }
    /// Of a node `rows`: numbers with the time at which they came.
    static Json madeRows() {
        return {{"columns", {"id INT", "load DOUBLE", "ts TIMESTAMP(3)"}},
                {"rows", {{1, 0.5, "2024-03-01 12:00:00"}}},
                {"event_time", "ts"}};
    }
    static ParamField* field(const ParamForm& form, const char* param) {
        return form.findChild<ParamField*>(QStringLiteral("field_") + QLatin1String(param));
    }
    static bool says(const ParamForm& form, const QString& words) {
        for (const QLabel* label : form.findChildren<QLabel*>()) {
            if (label->isVisible() && label->text() == words) return true;
        }
        return false;
    }
    /// Null: it is not set.
    static Json param(const PipelineDocument& document, const NodeId& node, const char* name) {
        const Json& params = document.pipeline().find(node)->params;
        return params.contains(name) ? params[name] : Json();
    }
};

}  // namespace rw::ui
