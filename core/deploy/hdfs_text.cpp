#include "core/deploy/hdfs_text.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/connect/hadoop/webhdfs_place.h"
#include "core/deploy/outside_text.h"

namespace rw {

namespace {

constexpr std::string_view kPlain = "http://", kSecure = "https://";

/// Names that programs of Hadoop pass over, and those of files that are being written, are none of them.
constexpr std::string_view kNoHiddenName = "(?![._])(?![^/]*[.](_COPYING_|inprogress)(/|$))";

/// A text that means itself.
std::string quotedForJava(std::string_view text) {
    std::string out = "\\Q";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("\\E")) {
            out += "\\E\\\\E\\Q";
            ++i;
        } else {
            out += text[i];
        }
    }
    return out + "\\E";
}

/// The expression of a part of a path that has * or ? in it.
std::string nameExpression(std::string_view pattern) {
    std::string out(kNoHiddenName), literal;
    const auto flush = [&out, &literal] {
        if (!literal.empty()) out += quotedForJava(literal);
        literal.clear();
    };
    for (const char c : pattern) {
        if (c != '*' && c != '?') {
            literal += c;
            continue;
        }
        flush();
        out += c == '*' ? "[^/]*" : "[^/]";
    }
    flush();
    return out;
}

std::string joinedParts(const std::vector<std::string>& parts, std::size_t end) {
    std::string out;
    for (std::size_t i = 0; i < end; ++i) out += "/" + parts[i];
    return out;
}

std::ptrdiff_t patternMarks(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return c == '*' || c == '?'; });
}

void saySigningIn(NodeForm& form, const FormConnection& connection) {
    const std::string& name = connection.name();
    if (!connection.known()) {
        form.when(
            RW_TEXT("deploy", "the programs of the cluster may read and write files of “%1”").with(name));
        return;
    }
    if (connection.hasSecret("token")) {
        form.when(
            RW_TEXT("deploy", "the cluster itself signs in at “%1”: no token is taken along").with(name));
    } else if (const std::string user = connection.field("user"); !user.empty()) {
        form.when(RW_TEXT("deploy", "the programs of the cluster have HADOOP_USER_NAME=%1").with(user));
    }
    if (connection.field("address").starts_with(kSecure))
        form.when(RW_TEXT("deploy", "Java there trusts the certificate of “%1”").with(name));
}

}  // namespace

std::string webhdfsPlace(std::string_view address) {
    const bool secure = address.starts_with(kSecure);
    if (!secure && !address.starts_with(kPlain)) return {};
    std::string_view place = address.substr(secure ? kSecure.size() : kPlain.size());
    while (place.ends_with('/')) place.remove_suffix(1);
    if (place.empty() || place.find_first_of("/?#@") != std::string_view::npos) return {};
    // Hadoop would take a port of its own where there is none.
    const std::size_t host = place.starts_with('[') ? place.find(']') : 0;
    const bool port = host != std::string_view::npos && place.find(':', host) != std::string_view::npos;
    return (secure ? "swebhdfs://" : "webhdfs://") + std::string(place) +
           (port     ? ""
            : secure ? ":443"
                     : ":80");
}

std::string hdfsReadPlace(NodeForm& form) {
    FormConnection connection(form);
    std::string place;
    if (connection.known()) {
        place = webhdfsPlace(connection.field("address"));
        if (place.empty()) {
            form.find(Verdict::Refused,
                      RW_TEXT("deploy", "Hadoop's client reaches no WebHDFS below a path: “%1”.")
                          .with(connection.field("address")),
                      "connection")
                .fix =
                RW_TEXT("deploy", "Use a connection with the address of the NameNode, or of HttpFS, alone.");
            return {};
        }
    }
    saySigningIn(form, connection);
    return connection.open("webhdfs", std::move(place));
}

std::string hdfsWritePlace(NodeForm& form) {
    FormConnection connection(form);
    saySigningIn(form, connection);
    return connection.open("hdfs", {});
}

std::string hdfsPathText(const NodeForm& form, const std::string& value) {
    const std::string path = webhdfsPath(value).value_or("/");
    const std::string raw = form.raw("path");
    // Where a variable has slashes at its ends, or a pattern, the text says it in full.
    const bool same = raw.find("${") != std::string::npos && path == value && raw.starts_with('/') &&
                      patternMarks(raw) == patternMarks(value) && !raw.ends_with('/');
    return same ? raw : path;
}

HdfsFiles hdfsFiles(std::string_view path) {
    const std::vector<std::string> parts = partsOfPath(path);
    const auto pattern =
        std::find_if(parts.begin(), parts.end(), [](const std::string& part) { return isHdfsPattern(part); });
    const auto plain = static_cast<std::size_t>(pattern - parts.begin());
    const std::string root = joinedParts(parts, plain);
    HdfsFiles out;
    out.root = root.empty() ? "/" : root;
    if (!root.empty()) out.expression = quotedForJava(root);
    if (plain == parts.size()) {
        // A file, or a folder whose files are read.
        const std::string inside = "/" + nameExpression("*");
        out.expression += root.empty() ? inside : "(" + inside + ")?";
        return out;
    }
    for (std::size_t i = plain; i < parts.size(); ++i)
        out.expression +=
            "/" + (isHdfsPattern(parts[i]) ? nameExpression(parts[i]) : quotedForJava(parts[i]));
    return out;
}

bool refuseHdfsColumns(NodeForm& form, const MessageColumns& columns) {
    for (std::size_t i = 0; i < columns.parts.size(); ++i) {
        const MessagePart::Kind kind = columns.parts[i].kind;
        if (kind == MessagePart::Kind::InValue || kind == MessagePart::Kind::Topic ||
            kind == MessagePart::Kind::Timestamp)
            continue;
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "Column “%1”: of a file its path and its time alone are known there.")
                      .with(columns.schema.fields[i].name),
                  "columns")
            .fix = RW_TEXT("deploy", "Leave the column out.");
        return true;
    }
    return refuseBytesOfMessages(form, columns);
}

bool refuseHdfsFormat(NodeForm& form, const std::vector<std::string>& taken) {
    if (std::find(taken.begin(), taken.end(), form.params().text("format")) != taken.end()) return false;
    const Text name = form.params().choice("format");
    const bool sink = form.kind().outputs.empty();
    form.find(Verdict::Refused,
              sink ? RW_TEXT("deploy", "Files in the format %1 are not written there.").with(name)
                   : RW_TEXT("deploy", "Files in the format %1 are not read there.").with(name),
              "format")
        .fix = sink ? RW_TEXT("deploy", "Aggregate in a window, whose rows are final, and choose JSON.")
                    : throughKafka();
    return true;
}

void sayFollowing(NodeForm& form) {
    if (!form.params().flag("follow")) return;
    form.when(RW_TEXT("deploy", "a file has all its rows when it gets its name, and none is appended later"));
}

}  // namespace rw
