#include "core/deploy/spark/python.h"

#include <fmt/format.h>

#include <algorithm>

namespace rw {

namespace {

constexpr std::size_t kWidth = 96;  // of a line, without its indentation

/// Python's keywords, the built-in names that the program uses, and the program's own names (program.cpp).
constexpr std::string_view kTaken[] = {
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not",
    "or", "pass", "raise", "return", "try", "while", "with", "yield",
    // built in
    "all", "any", "bytearray", "bytes", "dict", "enumerate", "getattr", "hasattr", "int", "isinstance", "len",
    "list", "map", "max", "open", "print", "range", "reversed", "set", "str", "sys", "tuple", "type", "zip",
    // modules
    "argparse", "contextlib", "hashlib", "json", "os", "re", "signal", "sqlite3", "tempfile", "threading",
    "time", "traceback", "types", "urllib",
    // the program's own
    "args", "batches", "checked", "checkpoint", "checkpoints", "csv_cells", "csv_folder", "cumulating",
    "database_cells", "database_options", "database_table", "failed", "file_system", "files", "finished",
    "flattened", "given_rows", "hdfs_folder", "in_order", "is_new", "json_cells", "json_folder",
    "kafka_cells", "kafka_options", "kafka_topic", "latest", "literal", "lookup_table", "mark_of", "marked",
    "new_folder", "nothing_rejected", "outside", "own_folder", "parser", "part_files", "path", "pipeline",
    "printing", "put_in", "python_file", "quoted", "replaced", "run", "say", "secrets", "show",
    "sinks", "source_rows", "spark", "sql", "sqlite_table", "sqlite_values", "staged_rows", "texts", "top_n",
    "totals", "unmarked", "variables", "window_totals", "with_own_windows", "with_python", "with_watermark",
    "with_windows", "worker_source"};

std::string indented(std::string_view text) {
    std::string out = "    ";
    for (const char c : text) {
        out += c;
        if (c == '\n') out += "    ";
    }
    return out;
}

std::string between(std::string_view open, const std::vector<std::string>& elements, char close) {
    std::string line(open);
    bool broken = false;
    for (const std::string& element : elements) {
        broken = broken || element.find('\n') != std::string::npos;
        line += (line.size() > open.size() ? ", " : "") + element;
    }
    line += close;
    // The text before the list may have lines of its own.
    const std::size_t begins = open.rfind('\n') == std::string_view::npos ? 0 : open.rfind('\n') + 1;
    if (elements.empty() || (!broken && line.size() - begins <= kWidth)) return line;
    std::string lines(open);
    for (const std::string& element : elements) lines += "\n" + indented(element) + ",";
    return lines + "\n" + close;
}

}  // namespace

std::string pyName(std::string_view relation) {
    std::string name;
    bool capital = false;
    for (const char c : relation) {
        if (c == '$') {
            capital = true;
        } else if (c == '/') {
            name += "_IN_";
        } else if (capital && c >= 'a' && c <= 'z') {
            name += static_cast<char>(c - 'a' + 'A');
            capital = false;
        } else {
            name += c;
            capital = false;
        }
    }
    const std::string_view stem = std::string_view(name).substr(0, name.find_last_not_of('_') + 1);
    const bool taken = std::find(std::begin(kTaken), std::end(kTaken), stem) != std::end(kTaken);
    return taken ? name + "_" : name;
}

std::string pySql(std::string_view sql) {
    const std::string text = pyText(sql);
    return sql.find("${") == std::string_view::npos ? text : "sql(" + text + ")";
}

std::string pyFlag(bool flag) {
    return flag ? "True" : "False";
}

std::string pyList(const std::vector<std::string>& elements) {
    return between("[", elements, ']');
}

std::string pyDict(const std::vector<std::string>& entries) {
    return between("{", entries, '}');
}

std::string pyCall(std::string_view head, const std::vector<std::string>& arguments) {
    return between(std::string(head) + "(", arguments, ')');
}

std::string pyTexts(const std::vector<std::string>& texts) {
    std::vector<std::string> elements;
    for (const std::string& text : texts) elements.push_back(pyText(text));
    return pyList(elements);
}

}  // namespace rw
