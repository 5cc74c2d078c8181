#include "core/pipeline/checks/param_check.h"

#include <filesystem>

#include "core/pipeline/bind_checks.h"
#include "core/pipeline/checks/trust.h"
#include "core/pipeline/json/json_layout.h"
#include "core/pipeline/param_values.h"

namespace rw {

namespace {

class ParamCheck {
 public:
    ParamCheck(const Node& raw, const NodeKind& kind, const std::string& folder, FileLook* look,
               std::vector<Issue>& issues)
        : m_raw(raw), m_kind(kind), m_folder(folder), m_look(look), m_issues(issues), m_checked{raw} {}

    CheckedParams run(const Variables& variables) {
        putVariablesIn(variables);
        reportUnknown();
        for (const ParamSpec& spec : m_kind.params) check(spec);
        return std::move(m_checked);
    }

 private:
    Issue& issue(Severity severity, const std::string& param, Text message, Text fix = {}) {
        Issue& added = m_issues.emplace_back();
        added.severity = severity;
        added.message = std::move(message);
        added.fix = std::move(fix);
        added.node = m_raw.id;
        added.param = param;
        return added;
    }
    Issue& error(const ParamSpec& spec, Text message, Text fix = {}) {
        m_wrong = true;
        return issue(Severity::Error, spec.name, std::move(message), std::move(fix));
    }
    void addQuickFix(Issue& at, const ParamSpec& spec, Json value, const std::string& shown) {
        // The file holds the variable, not its value: a fix would lose it.
        const auto it = m_raw.params.find(spec.name);
        if (it != m_raw.params.end() && usesVariables(*it)) return;
        QuickFix& added = at.quickFixes.emplace_back();
        added.label = RW_TEXT("params", "Replace with “%1”").with(shown);
        added.node = m_raw.id;
        added.param = spec.name;
        added.value = std::move(value);
    }

    void putVariablesIn(const Variables& variables) {
        if (!usesVariables(m_raw.params)) return;
        for (auto& [name, value] : m_checked.node.params.items()) {
            if (!usesVariables(value)) continue;
            std::vector<std::string> unknown;
            substituteAll(value, variables, unknown);
            const ParamSpec* spec = m_kind.param(name);
            if (spec) value = typedVariable(*spec, std::move(value));
            for (const std::string& missing : unknown) {
                issue(Severity::Error, name, RW_TEXT("params", "There is no variable “%1”.").with(missing),
                      RW_TEXT("params",
                              "Add it to the pipeline's variables, or write “$${%1}” for the text itself.")
                          .with(missing));
            }
        }
    }

    void reportUnknown() {
        for (const auto& [name, value] : m_raw.params.items()) {
            if (m_kind.param(name)) continue;
            std::vector<std::string> free;
            for (const ParamSpec& spec : m_kind.params) {
                if (!m_raw.params.contains(spec.name)) free.push_back(spec.name);
            }
            const std::string nearest = nearestOf(name, free);
            Issue& added =
                issue(Severity::Warning, name,
                      RW_TEXT("params", "“%1” has no parameter “%2”; it is kept, and does nothing.")
                          .with(m_kind.type, name));
            if (nearest.empty()) continue;
            added.fix = RW_TEXT("params", "Rename it to “%1”?").with(nearest);
            QuickFix& rename = added.quickFixes.emplace_back();
            rename.kind = QuickFix::Kind::RenameParam;
            rename.label = RW_TEXT("params", "Rename to “%1”").with(nearest);
            rename.node = m_raw.id;
            rename.param = name;
            rename.value = nearest;
        }
    }

    void check(const ParamSpec& spec) {
        Json& params = m_checked.node.params;
        const bool used = applies(spec, m_kind, params);
        const auto it = params.find(spec.name);
        m_wrong = false;
        if (it != params.end() && !it->is_null() && used) checkValue(spec, *it);
        // bind() may read parameters that do not apply: a value of the wrong type must not reach it either.
        if (it != params.end() && (m_wrong || (!used && !hasType(spec, *it)))) params.erase(spec.name);
        if (!used || !spec.required) return;
        if (m_wrong) {
            m_checked.complete = false;
        } else if (isBlank(paramValue(spec, params))) {
            m_checked.complete = false;
            issue(Severity::Error, spec.name, RW_TEXT("params", "“%1” needs a value.").with(spec.label))
                .missing = true;
        }
    }

    void checkValue(const ParamSpec& spec, const Json& value) {
        if (!hasType(spec, value)) {
            wrongType(spec, value);
            return;
        }
        switch (spec.kind) {
            case ParamKind::Integer:
            case ParamKind::Number:
                checkRange(spec, value.get<double>());
                break;
            case ParamKind::Duration:
                checkDuration(spec, value.get_ref<const std::string&>());
                break;
            case ParamKind::Choice:
                checkChoice(spec, value.get_ref<const std::string&>());
                break;
            case ParamKind::Character:
                checkCharacter(spec, value.get_ref<const std::string&>());
                break;
            case ParamKind::OutputPath:
                checkReach(spec, value.get_ref<const std::string&>());
                break;
            case ParamKind::InputPath:
                checkInput(spec, value.get_ref<const std::string&>());
                break;
            case ParamKind::ValueRows:
                checkRows(spec, value);
                break;
            default:
                break;
        }
    }

    void wrongType(const ParamSpec& spec, const Json& value) {
        const std::string text = value.is_string() ? value.get<std::string>() : std::string();
        switch (spec.kind) {
            case ParamKind::Boolean: {
                Issue& at = error(spec, RW_TEXT("params", "true or false is expected here."));
                if (text == "true" || text == "false") addQuickFix(at, spec, text == "true", text);
                return;
            }
            case ParamKind::Integer:
            case ParamKind::Number: {
                Issue& at = error(spec, spec.kind == ParamKind::Integer
                                            ? RW_TEXT("params", "A whole number is expected here.")
                                            : RW_TEXT("params", "A number is expected here."));
                const Json read = Json::parse(text, nullptr, false);
                if (read.is_number() && hasType(spec, read)) addQuickFix(at, spec, read, text);
                return;
            }
            case ParamKind::Duration: {
                Issue& at = error(spec, RW_TEXT("params", "A duration is expected here, as text: \"5s\"."));
                if (value.is_number_integer()) {
                    const std::string seconds = onOneLine(value) + "s";
                    addQuickFix(at, spec, seconds, seconds);
                }
                return;
            }
            case ParamKind::ValueRows:
                error(spec, RW_TEXT("params", "A list of rows is expected here, each a list of values."));
                return;
            case ParamKind::StringMap:
                error(spec, RW_TEXT("params", "Names with texts are expected here, {\"name\": \"…\"}."));
                return;
            default:
                break;
        }
        if (!isList(spec.kind)) {
            error(spec, RW_TEXT("params", "Text is expected here, \"…\"."));
            return;
        }
        Issue& at = error(spec, RW_TEXT("params", "A list of texts is expected here, [\"…\", …]."));
        if (value.is_string()) addQuickFix(at, spec, Json::array({text}), "[" + onOneLine(value) + "]");
        if (!value.is_array()) return;
        const auto odd =
            std::find_if(value.begin(), value.end(), [](const Json& v) { return !v.is_string(); });
        at.item = static_cast<int>(odd - value.begin());
    }

    void checkRange(const ParamSpec& spec, double value) {
        const bool low = spec.min && value < *spec.min;
        const bool high = spec.max && value > *spec.max;
        if (!low && !high) return;
        Text message = low ? RW_TEXT("params", "%1 is too little: at least %2.")
                                 .with(amount(spec, value), amount(spec, *spec.min))
                           : RW_TEXT("params", "%1 is too much: at most %2.")
                                 .with(amount(spec, value), amount(spec, *spec.max));
        const double bound = low ? *spec.min : *spec.max;
        Issue& at = error(spec, std::move(message));
        const Json near = amountJson(spec, bound);
        addQuickFix(at, spec, near, near.is_string() ? near.get<std::string>() : onOneLine(near));
    }

    void checkDuration(const ParamSpec& spec, const std::string& text) {
        if (isBlank(text) && !spec.required) return;
        const Result<Millis> duration = parseDuration(text);
        if (duration.ok()) {
            checkRange(spec, static_cast<double>(*duration));
        } else {
            error(spec, duration.error().message, duration.error().fix).length = text.size();
        }
    }

    void checkChoice(const ParamSpec& spec, const std::string& text) {
        std::vector<std::string> values;
        for (const Choice& choice : spec.choices) values.push_back(choice.value);
        if (std::find(values.begin(), values.end(), text) != values.end()) return;
        const std::string nearest = nearestOf(text, values);
        Issue& at = error(spec, RW_TEXT("params", "“%1” is not one of: %2.")
                                    .with(text, fmt::format("{}", fmt::join(values, ", "))));
        if (nearest.empty()) return;
        at.fix = RW_TEXT("params", "Replace with “%1”?").with(nearest);
        addQuickFix(at, spec, nearest, nearest);
    }

    void checkCharacter(const ParamSpec& spec, const std::string& text) {
        const auto characters =
            std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
        // “\t”, where a tab can't be typed.
        const bool escaped = characters == 2 && text.front() == '\\';
        if (characters > 1 && !escaped)
            error(spec, RW_TEXT("params", "One character is expected here, not %1.").with(characters));
    }

    void checkInput(const ParamSpec& spec, const std::string& text) {
        if (text.empty() || text == "-" || text.find("${") != std::string::npos) return;
        if (text.find('\0') != std::string::npos) {
            error(spec, RW_TEXT("params", "The path holds a NUL character."));
            return;
        }
        if (!checkReach(spec, text)) return;
        const std::filesystem::path path = pathOf(text);
        std::error_code ignored;
        const std::filesystem::file_status found = std::filesystem::status(path, ignored);
        if (std::filesystem::exists(found)) {
            if (!std::filesystem::is_other(found)) return;
            issue(Severity::Warning, spec.name,
                  RW_TEXT("files", "“%1” is neither a file nor a folder.").with(path.string()),
                  RW_TEXT("params",
                          "Choose a file. The node “Standard input” reads what comes through a pipe."));
            return;
        }
        const bool pattern = text.find_first_of("*?[") != std::string::npos;
        const auto any = [](const std::filesystem::path&) { return true; };
        const PatternMatch match = pattern ? matchPattern(path, *m_look, any) : PatternMatch::None;
        if (match == PatternMatch::Found) return;
        if (match == PatternMatch::Unknown) {
            issue(Severity::Warning, spec.name,
                  RW_TEXT("params", "“%1” names too many files and folders to look through now.")
                      .with(path.string()),
                  RW_TEXT("params", "Name the folder that holds the files."));
            return;
        }
        issue(Severity::Warning, spec.name,
              pattern
                  ? RW_TEXT("params", "No file matches “%1” now.").with(path.lexically_normal().string())
                  : RW_TEXT("params", "There is no file “%1” now.").with(path.lexically_normal().string()),
              RW_TEXT("params", "Choose the file; the run needs it."));
    }

    std::filesystem::path pathOf(const std::string& text) const {
        return (std::filesystem::path(m_folder) / text).lexically_normal();
    }

    /// Whether the file may be looked at; one that is out of reach is told.
    bool checkReach(const ParamSpec& spec, const std::string& text) {
        if (m_look == nullptr || text.empty() || text == "-" || text.find('\0') != std::string::npos)
            return false;
        const std::filesystem::path path = pathOf(text);
        if (m_look->reach.allows(path)) return true;
        m_issues.push_back(notLookedAt(m_raw.id, spec.name, path.string()));
        return false;
    }

    void checkRows(const ParamSpec& spec, const Json& rows) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool scalars =
                rows[i].is_array() && std::none_of(rows[i].begin(), rows[i].end(),
                                                   [](const Json& value) { return value.is_structured(); });
            if (scalars) continue;
            error(spec, RW_TEXT("params", "Row %1 must be a list of values.").with(i + 1)).item =
                static_cast<int>(i);
            return;
        }
    }

    const Node& m_raw;
    const NodeKind& m_kind;
    const std::string& m_folder;
    FileLook* const m_look;
    std::vector<Issue>& m_issues;
    CheckedParams m_checked;
    bool m_wrong = false;  ///< the parameter being checked
};

bool holds(const AppliesWhen& when, const NodeKind& kind, const Json& params) {
    const ParamSpec* decider = kind.param(when.param);
    if (!decider) return true;
    const Json& value = paramValue(*decider, params);
    const std::string text = value.is_string() ? value.get<std::string>() : onOneLine(value);
    return std::find(when.values.begin(), when.values.end(), text) != when.values.end();
}

}  // namespace

bool applies(const ParamSpec& spec, const NodeKind& kind, const Json& params) {
    return !spec.appliesWhen || holds(*spec.appliesWhen, kind, params);
}

std::string columnTypesOf(const ParamSpec& spec, const NodeKind& kind, const Json& params) {
    const bool any = spec.anyTypeWhen && holds(*spec.anyTypeWhen, kind, params);
    return any ? std::string() : spec.columnTypes;
}

CheckedParams checkParams(const Node& node, const NodeKind& kind, const Variables& variables,
                          const std::string& folder, FileLook* look, std::vector<Issue>& issues) {
    return ParamCheck(node, kind, folder, look, issues).run(variables);
}

}  // namespace rw
