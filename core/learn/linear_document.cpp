#include "core/learn/linear_document.h"

namespace rw::learn {

namespace {

std::string listOf(const std::vector<double>& values, std::size_t from, std::size_t count) {
    std::string out = "[";
    for (std::size_t i = from; i < from + count; ++i) {
        if (i > from) out += ", ";
        appendNumber(out, values[i]);
    }
    return out + ']';
}

std::string inputs(const LearningPlan& plan, const KeyState& state) {
    std::string out = "  \"inputs\": [";
    const std::vector<std::string>& names = plan.rows().names;
    for (std::size_t i = 0; i < names.size(); ++i) {
        out += i > 0 ? ", {\"name\": " : "{\"name\": ";
        appendJsonText(out, names[i]);
        if (state.scale) {
            out += ", \"mean\": ";
            appendNumber(out, state.scale->mean(i));
        }
        out += '}';
    }
    return out + "],\n";
}

/// What it predicts, and of classes the probability of each.
std::string outputs(const std::vector<std::string>* classes, std::size_t lines) {
    if (classes == nullptr) {
        return "  \"link\": \"identity\",\n"
               "  \"outputs\": [{\"name\": \"predicted\", \"type\": \"DOUBLE\", \"gives\": \"value\"}],\n";
    }
    std::string names, out;
    for (std::size_t i = 0; i < classes->size(); ++i) {
        names += i > 0 ? ", " : "";
        appendJsonText(names, (*classes)[i]);
        out += ",\n    {\"name\": ";
        appendJsonText(out, "probability_" + (*classes)[i]);
        out += ", \"type\": \"DOUBLE\", \"gives\": \"probability\", \"of\": " + std::to_string(i) + "}";
    }
    const std::string link = lines == 1 ? "logistic" : "one_vs_rest";
    return "  \"classes\": [" + names + "],\n  \"link\": \"" + link +
           "\",\n  \"outputs\": [{\"name\": \"predicted\", \"type\": \"STRING\", \"gives\": \"class\"}" +
           out + "],\n";
}

/// A feature that has not varied is 0 to the model, whatever it is: so its weight does not count.
std::string numbers(const LearningPlan& plan, const KeyState& state, LinearForm form) {
    const std::size_t features = plan.model->features();
    std::string out = "  \"linear\": {";
    if (plan.scaled) {
        std::vector<double> means, scales;
        for (std::size_t i = 0; i < features; ++i) {
            const double deviation = state.scale->deviation(i);
            means.push_back(state.scale->mean(i));
            scales.push_back(deviation > 0 ? deviation : 1);
            for (std::size_t line = 0; !(deviation > 0) && line < form.intercepts.size(); ++line)
                form.weights[line * features + i] = 0;
        }
        out += "\"scaler\": {\"mean\": " + listOf(means, 0, features) +
               ", \"scale\": " + listOf(scales, 0, features) + "},\n    ";
    }
    out += "\"intercepts\": " + listOf(form.intercepts, 0, form.intercepts.size()) + ", \"weights\": [";
    for (std::size_t line = 0; line < form.intercepts.size(); ++line)
        out += (line > 0 ? ", " : "") + listOf(form.weights, line * features, features);
    return out + "]},\n";
}

}  // namespace

std::optional<LinearDocument> linearDocument(const LearningPlan& plan, const KeyState& state) {
    const std::optional<LinearForm> form = state.model->linear();
    if (!form) return std::nullopt;
    const std::vector<std::string>* const classes = state.notes ? state.notes->classNames() : nullptr;
    const std::size_t lines = form->intercepts.size();
    if (classes != nullptr && (classes->size() < 2 || (lines != classes->size() && lines != 1)))
        return std::nullopt;
    return LinearDocument{inputs(plan, state) + outputs(classes, lines), numbers(plan, state, *form)};
}

}  // namespace rw::learn
