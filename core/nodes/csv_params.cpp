#include "core/nodes/csv_params.h"

namespace rw {

namespace {

/// The one byte that parameter `param` gives; nothing given is 0.
char bindCsvCharacter(BindContext& context, std::string_view param) {
    const std::string text = context.text(param);
    if (text == "\\t") return '\t';
    if (text.empty()) return 0;
    if (text.size() == 1 && text[0] != '\n' && text[0] != '\r' && text[0] > 0) return text[0];
    context.error(
        param, RW_TEXT("csv_source", "“%1” can't be used here.").with(text),
        RW_TEXT("csv_source", "Use one ASCII character other than a line break: , ; | or \\t for a tab."));
    return 0;
}

}  // namespace

std::vector<ParamSpec> csvParams() {
    ParamSpec header = makeParam("header", ParamKind::Boolean, RW_TEXT("csv_source", "Header"),
                                 RW_TEXT("csv_source",
                                         "The first row names the columns. They are found by name then, in "
                                         "any order; without a header by their place."),
                                 true);
    header.section = RW_TEXT("csv_source", "Format");
    ParamSpec delimiter =
        makeParam("delimiter", ParamKind::Character, RW_TEXT("csv_source", "Delimiter"),
                  RW_TEXT("csv_source", "The character between fields; \\t is a tab."), ",");
    ParamSpec quote = makeParam("quote", ParamKind::Character, RW_TEXT("csv_source", "Quote"),
                                RW_TEXT("csv_source",
                                        "The character around fields that hold delimiters or line breaks. "
                                        "Empty: no quoting."),
                                "\"");
    return {std::move(header), std::move(delimiter), std::move(quote)};
}

CsvFormat bindCsvFormat(BindContext& context) {
    CsvFormat format{bindCsvCharacter(context, "delimiter"), bindCsvCharacter(context, "quote"),
                     context.flag("header")};
    if (context.failed()) return format;
    if (format.delimiter == 0) {
        context.error("delimiter", RW_TEXT("csv_source", "Fields need a delimiter between them."),
                      RW_TEXT("csv_source",
                              "Use one ASCII character other than a line break: , ; | or \\t for a tab."));
    } else if (format.delimiter == format.quote) {
        context.error("quote", RW_TEXT("csv_source", "Delimiter and quote are the same character."),
                      RW_TEXT("csv_source", "Choose another quote, or none."));
    }
    return format;
}

CsvFormat csvFormatOf(const Json& params) {
    const auto character = [&params](const char* name, char otherwise) {
        if (!params.contains(name) || !params[name].is_string()) return otherwise;
        const auto& given = params[name].get_ref<const std::string&>();
        return given == "\\t" ? '\t' : given.empty() ? '\0' : given.front();
    };
    return {character("delimiter", ','), character("quote", '"'),
            params.value("header", Json(true)) != Json(false)};
}

}  // namespace rw
