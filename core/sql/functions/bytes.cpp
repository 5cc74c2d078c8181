// Functions of BYTES: texts in character sets and in Base64, and how many bytes there are.
#include "core/data/base64.h"
#include "core/data/utf8.h"
#include "core/sql/eval/kernels.h"
#include "core/sql/functions/charsets.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/functions.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

namespace {

/// One argument, a STRING or BYTES.
Resolver takesTextOrBytes(std::string_view name, Type result) {
    return [name, result](std::span<const ArgInfo> args, std::string_view) -> Parsed<Resolved> {
        const Type given = args[0].type;
        if (given.is(TypeId::Bytes)) return Resolved{result, {given}, {}};
        if (!convertsImplicitly(given, stringType()))
            return wrongArgument(name, 0, given, castFix(stringType()));
        return Resolved{result, {stringType()}, {}};
    };
}

Text charsetFix() {
    return RW_TEXT("sql",
                   "Write one of 'US-ASCII', 'ISO-8859-1', 'UTF-8', 'UTF-16', 'UTF-16BE' and 'UTF-16LE'.");
}

/// (value, character set): the set is the same in all rows, and known while designing.
Resolver takesCharset(std::string_view name, Type value, Type result) {
    return [name, value, result](std::span<const ArgInfo> args, std::string_view unit) -> Parsed<Resolved> {
        auto resolved = accepts(name, {value, stringType()}, result)(args, unit);
        auto* const fine = std::get_if<Resolved>(&resolved);
        if (fine == nullptr) return resolved;
        const auto* const written =
            args[1].literal != nullptr ? std::get_if<std::string>(args[1].literal) : nullptr;
        const auto charset = written != nullptr ? charsetOf(*written) : std::nullopt;
        if (!charset) {
            SqlError error;
            error.message = written != nullptr
                                ? RW_TEXT("sql", "“%1” is not a character set.").with(sql::quoted(*written))
                                : RW_TEXT("sql", "The character set of %1 is a text in quotes.").with(name);
            error.fix = charsetFix();
            error.position = 2;
            return error;
        }
        fine->prepared = std::make_shared<const Charset>(*charset);
        return resolved;
    };
}

/// append(out, value, charset) makes a text or bytes of each row.
template <void (*append)(std::string&, std::string_view, Charset)>
Vector convertCharset(const CallArgs& call) {
    const Charset charset = *static_cast<const Charset*>(call.call.prepared.get());
    return mapText<std::string_view, std::string_view>(
        call,
        [charset, longest = call.work.longestText()](std::string& out, std::string_view value,
                                                     std::string_view) {
            append(out, value, charset);
            return out.size() <= longest ? Made::Value : Made::Error;
        },
        [](std::string_view, std::string_view) { return tooLong(); });
}

Vector evaluateToBase64(const CallArgs& call) {
    return mapText<std::string_view>(
        call,
        [longest = call.work.longestText()](std::string& out, std::string_view bytes) {
            if (base64Size(bytes.size()) > longest) return Made::Error;
            appendBase64(out, bytes);
            return Made::Value;
        },
        [](std::string_view) { return tooLong(); });
}

Text noBase64(std::string_view text) {
    return RW_TEXT("sql", "“%1” is no Base64.").with(quoted(text));
}

Vector evaluateFromBase64(const CallArgs& call) {
    return mapText<std::string_view>(
        call,
        [](std::string& out, std::string_view text) {
            std::string bytes;
            if (!appendFromBase64(bytes, text)) return Made::Error;
            appendUtf8(out, bytes);
            return Made::Value;
        },
        [](std::string_view text) { return noBase64(text); });
}

Vector evaluateBytesFromBase64(const CallArgs& call) {
    return mapText<std::string_view>(
        call,
        [](std::string& out, std::string_view text) {
            return appendFromBase64(out, text) ? Made::Value : Made::Error;
        },
        [](std::string_view text) { return noBase64(text); });
}

Vector evaluateOctetLength(const CallArgs& call) {
    return map<std::int32_t, std::string_view>(
        call, [](std::string_view value) { return static_cast<std::int32_t>(value.size()); });
}

}  // namespace

void addBytesFunctions(std::vector<ScalarFunction>& functions) {
    const Type text = stringType(), bytes = Type::of(TypeId::Bytes);
    functions.push_back(
        {"ENCODE", "ENCODE(s, charset)",
         RW_TEXT(
             "sql",
             "The bytes of a text in a character set, such as 'UTF-8'; characters that it lacks become ?."),
         "text", 2, 2, takesCharset("ENCODE", text, bytes), convertCharset<appendEncoded>, true});
    functions.push_back(
        {"DECODE", "DECODE(bytes, charset)",
         RW_TEXT(
             "sql",
             "The text that bytes are in a character set, such as 'UTF-8'; what is no text becomes U+FFFD."),
         "text", 2, 2, takesCharset("DECODE", bytes, text), convertCharset<appendDecoded>, true});
    functions.push_back({"TO_BASE64", "TO_BASE64(s)",
                         RW_TEXT("sql", "The bytes of a text (UTF-8), or BYTES, in Base64."), "text", 1, 1,
                         takesTextOrBytes("TO_BASE64", text), evaluateToBase64, true});
    functions.push_back({"FROM_BASE64", "FROM_BASE64(s)",
                         RW_TEXT("sql",
                                 "The text (UTF-8) that Base64 stands for; what is no text becomes U+FFFD, "
                                 "but CAST(FROM_BASE64(s) AS "
                                 "BYTES) gives the bytes as they are."),
                         "text", 1, 1, takesTextOrBytes("FROM_BASE64", text), evaluateFromBase64, true});
    functions.push_back({"OCTET_LENGTH", "OCTET_LENGTH(s)",
                         RW_TEXT("sql", "How many bytes a text (UTF-8), or BYTES, has."), "text", 1, 1,
                         takesTextOrBytes("OCTET_LENGTH", intType()), evaluateOctetLength});
}

const ScalarFunction& bytesFromBase64() {
    static const ScalarFunction kFunction{"FROM_BASE64",
                                          "CAST(FROM_BASE64(s) AS BYTES)",
                                          {},
                                          "text",
                                          1,
                                          1,
                                          takesTextOrBytes("FROM_BASE64", Type::of(TypeId::Bytes)),
                                          evaluateBytesFromBase64,
                                          true};
    return kFunction;
}

}  // namespace rw::sql
