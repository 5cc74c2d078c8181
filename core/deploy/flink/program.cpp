// The statements as a program of PyFlink.
#include "core/deploy/artefact.h"
#include "core/deploy/flink/python_program.h"
#include "core/deploy/flink/script.h"
#include "core/deploy/python_text.h"

namespace rw {

namespace {

/// A text as Python writes it, over several lines.
std::string pyflinkText(std::string_view text) {
    std::string out = R"(""")";
    for (const char c : text) out += c == '\n' ? "\n" : pyCharacter(c);
    return out + R"(""")";
}

constexpr std::string_view kPyflinkImports = R"py(
import argparse
import os
import re

from pyflink.table import EnvironmentSettings, TableEnvironment
)py";

constexpr std::string_view kPyflinkImportsForFunctions = R"py(
import json
import sys
import types

from pyflink.common import Row
from pyflink.table import DataTypes
from pyflink.table.udf import TableFunction, udtf
)py";

constexpr std::string_view kPyflinkArguments = R"py(

def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", default=".", help="where relative paths start")
    parser.add_argument("--set", action="append", default=[], metavar="name=value",
                        help="the value of a variable, as plain text: a quote is written once; "
                             "may be given again")
)py";

constexpr std::string_view kPyflinkPython = R"py(
    parser.add_argument("--python", default=sys.executable,
                        help="the Python with apache-flink on all machines of Flink (this one)")
)py";

constexpr std::string_view kPyflinkValues = R"py(
    given = parser.parse_args()
    values = dict(VARIABLES)
    for words in given.set:
        name, equals, value = words.partition("=")
        if not equals or name not in values:
            parser.error(f"there is no variable in {words!r}, only: {', '.join(values) or 'none'}")
        values[name] = value
    for name, what in OUTSIDE.items():
        if not values[name]:
            parser.error(f"missing: {what}. Give it with --set {name}=VALUE")
    for name, (what, in_quotes) in SECRETS.items():
        if name not in os.environ:
            parser.error(f"missing: {what}. Have it in the environment as {name}.")
        secret = os.environ[name]
        values[name] = secret.replace("\\", "\\\\").replace('"', '\\"') if in_quotes else secret
    values["folder"] = given.folder
)py";

constexpr std::string_view kPyflinkPythonSet = R"py(
    SETTINGS["python.executable"] = given.python
    SETTINGS["python.client.executable"] = sys.executable
)py";

constexpr std::string_view kPyflinkMain = R"py(
    return values


def main():
    values = arguments()

    def filled(text, change=lambda value: value):
        return re.sub(r"\$\{(\w+)\}", lambda at: change(values[at[1]]) if at[1] in values else at[0], text)

    def sql(text):
        """Values stand in literals, where a quote is written twice."""
        return filled(text, lambda value: value.replace("'", "''"))

    environment = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    for key, value in SETTINGS.items():
        environment.get_config().set(key, value)
)py";

constexpr std::string_view kPyflinkFunctions = R"py(
    for name, function in functions(filled).items():
        environment.create_temporary_function(name, udtf(function, result_types=function.results()))
)py";

constexpr std::string_view kPyflinkRun = R"py(
    for statement in STATEMENTS:
        environment.execute_sql(sql(statement))
    if not INSERTS:
        print("No node writes its rows here.")
        return
    inserts = environment.create_statement_set()
    for insert in INSERTS:
        inserts.add_insert_sql(sql(insert))
    inserts.execute().wait()
    for node, path in RESULTS.items():
        print(f"{node}: {filled(path)} (a folder of parts)")


if __name__ == "__main__":
    main()
)py";

/// Where a sink's table writes: the text behind 'path' in its statement.
std::string pyflinkPath(const std::string& table) {
    constexpr std::string_view kPath = "'path' = '";
    const std::size_t at = table.find(kPath);
    if (at == std::string::npos) return {};
    std::string out;
    for (std::size_t i = at + kPath.size(); i < table.size(); ++i) {
        const bool quote = table[i] == '\'';
        if (quote && table.substr(i + 1, 1) != "'") break;
        i += quote ? 1 : 0;
        out += table[i];
    }
    return out;
}

/// “NAME = [ … ]” of the statements that `wanted` takes, each under its node.
std::string pyflinkList(std::string_view name, const Translation& translation,
                        bool (*wanted)(Statement::Kind)) {
    std::string out = fmt::format("{} = [", name);
    for (const Statement& statement : translation.statements) {
        if (!wanted(statement.kind)) continue;
        out += "\n    # " + nodeLine(statement) + "\n    " + pyflinkText(statement.text) + ",";
    }
    return out + "\n]\n";
}

/// Entries of a dictionary.
std::string pyflinkEntries(const std::vector<std::pair<std::string, std::string>>& settings) {
    std::string out;
    for (const auto& [key, value] : settings)
        out += "    " + pyflinkText(key) + ": " + pyflinkText(value) + ",\n";
    return out;
}

}  // namespace

std::string pyflinkProgram(const Pipeline& pipeline, const Translation& translation,
                           const TranslateOptions& options) {
    const bool functions = hasPythonFunctions(translation);
    std::vector<std::string> head = headLines(pipeline, translation, "Flink SQL 2.3 in Python");
    head.emplace_back(
        "Run it with: pip install apache-flink==2.3.0, and a JDK. A line “node: …” names the node of");
    head.emplace_back("the statement below it.");
    if (functions) {
        head.emplace_back(
            "It calls functions in Python: a cluster's machines need apache-flink and the modules of");
        head.emplace_back("these functions, in the Python that --python names.");
    }
    for (const std::vector<std::string>& lines :
         {flinkJarLines(translation), blankLines(translation, "--set NAME=VALUE gives another")})
        head.insert(head.end(), lines.begin(), lines.end());
    std::string out = "#!/usr/bin/env python3\n" + commented(head, "#");
    out += pyflinkText("Runs the pipeline on Flink; see the comments above.") + "\n";
    out += kPyflinkImports;
    if (functions) out += kPyflinkImportsForFunctions;
    out += '\n';
    out += "\nSETTINGS = {\n";
    out += pyflinkEntries(flinkSettings(pipeline));
    if (translation.checkpoints) out += pyflinkEntries(flinkCheckpointSettings(pipeline));
    if (translation.keepsState)
        out += commented(flinkStateLines(), "    #") + pyflinkEntries(flinkStateSettings());
    out += "}\nVARIABLES = {\n";
    for (const Variable& variable : usedVariables(pipeline, translation, options))
        out += "    " + pyflinkText(variable.name) + ": " + pyflinkText(variable.value) + ",\n";
    std::string outside, secrets;
    for (const Blank& blank : translation.blanks) {
        const std::string name = "    " + pyflinkText(blank.name) + ": ";
        const std::string what = pyflinkText(english(blankText(blank)));
        if (blank.secret) {
            secrets += name + "(" + what + ", " + (blank.inQuotes ? "True" : "False") + "),\n";
        } else {
            out += name + pyflinkText(blank.value) + ",\n";
            outside += name + what + ",\n";
        }
    }
    out += "}\nOUTSIDE = {\n" + outside + "}\nSECRETS = {\n" + secrets;
    out += "}\nRESULTS = {\n";
    for (const Statement& insert : translation.statements) {
        if (insert.kind != Statement::Kind::Insert) continue;
        for (const Statement& table : translation.statements) {
            if (table.kind != Statement::Kind::Table || table.name != insert.name) continue;
            if (const std::string path = pyflinkPath(table.text); !path.empty())
                out += "    " + pyflinkText(insert.node) + ": " + pyflinkText(path) + ",\n";
        }
    }
    out += "}\n";
    out += pyflinkList("STATEMENTS", translation, [](Statement::Kind kind) {
        return kind == Statement::Kind::Table || kind == Statement::Kind::View;
    });
    out += pyflinkList("INSERTS", translation,
                       [](Statement::Kind kind) { return kind == Statement::Kind::Insert; });
    // Each piece begins with a line end, which the one before it has at its own end.
    const auto add = [&out](std::string_view piece) { out += piece.substr(1); };
    out += functions ? pythonFunctionsText(translation) : std::string();
    out += '\n';
    add(kPyflinkArguments);
    if (functions) add(kPyflinkPython);
    add(kPyflinkValues);
    if (functions) add(kPyflinkPythonSet);
    add(kPyflinkMain);
    if (functions) add(kPyflinkFunctions);
    add(kPyflinkRun);
    return out;
}

}  // namespace rw
