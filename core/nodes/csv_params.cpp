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

CsvFormat::Decimal decimalOf(const std::string& text) {
    if (text == "comma") return CsvFormat::Decimal::Comma;
    return text == "either" ? CsvFormat::Decimal::Either : CsvFormat::Decimal::Point;
}

CsvFormat::Epoch epochOf(const std::string& text) {
    if (text == "seconds") return CsvFormat::Epoch::Seconds;
    return text == "milliseconds" ? CsvFormat::Epoch::Milliseconds : CsvFormat::Epoch::None;
}

}  // namespace

std::vector<ParamSpec> csvParams() {
    ParamSpec header = makeParam(
        "header", ParamKind::Boolean, RW_TEXT("csv_source", "Header"),
        RW_TEXT("csv_source",
                "The first row contains the column names. Columns are then found by name, in any order, and "
                "others are skipped. Without a header the columns are those of the input, in its order."),
        true);
    header.section = RW_TEXT("csv_source", "Format");
    ParamSpec delimiter =
        makeParam("delimiter", ParamKind::Character, RW_TEXT("csv_source", "Delimiter"),
                  RW_TEXT("csv_source", "The character between fields. `\\t` is a tab."), ",");
    ParamSpec quote = makeParam(
        "quote", ParamKind::Character, RW_TEXT("csv_source", "Quote"),
        RW_TEXT("csv_source",
                "The character around fields that contain delimiters or line breaks. Empty: no quoting."),
        "\"");
    ParamSpec decimal =
        makeParam("decimal", ParamKind::Choice, RW_TEXT("csv_source", "Decimal mark"),
                  RW_TEXT("csv_source",
                          "The decimal separator of a DOUBLE or DECIMAL: 12.50 or 12,50. Before a comma, "
                          "points or spaces may separate groups of three digits."),
                  "point");
    decimal.choices = {{"point", RW_TEXT("csv_source", "Point")},
                       {"comma", RW_TEXT("csv_source", "Comma")},
                       {"either", RW_TEXT("csv_source", "Point or comma")}};
    ParamSpec epoch = makeParam("epoch", ParamKind::Choice, RW_TEXT("csv_source", "Numbers as times"),
                                RW_TEXT("csv_source",
                                        "What a number in a TIMESTAMP column counts since 1970-01-01 00:00 "
                                        "UTC. Seconds may have decimals. With `none`, such a number is "
                                        "invalid. Times that are written as text are read in any case."),
                                "none");
    epoch.choices = {{"none", RW_TEXT("csv_source", "Not read")},
                     {"seconds", RW_TEXT("csv_source", "Seconds since 1970")},
                     {"milliseconds", RW_TEXT("csv_source", "Milliseconds since 1970")}};
    return {std::move(header), std::move(delimiter), std::move(quote), std::move(decimal), std::move(epoch)};
}

CsvFormat bindCsvFormat(BindContext& context) {
    CsvFormat format{bindCsvCharacter(context, "delimiter"), bindCsvCharacter(context, "quote"),
                     context.flag("header"), decimalOf(context.text("decimal")),
                     epochOf(context.text("epoch"))};
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
    const auto text = [&params](const char* name) {
        return params.contains(name) && params[name].is_string() ? params[name].get<std::string>()
                                                                 : std::string();
    };
    return {character("delimiter", ','), character("quote", '"'),
            params.value("header", Json(true)) != Json(false), decimalOf(text("decimal")),
            epochOf(text("epoch"))};
}

Json csvParamsOf(const CsvFormat& format) {
    Json params = Json::object();
    if (format.delimiter != ',')
        params["delimiter"] = format.delimiter == '\t' ? "\\t" : std::string(1, format.delimiter);
    if (format.quote != '"')
        params["quote"] = format.quoting() ? std::string(1, format.quote) : std::string();
    if (!format.header) params["header"] = false;
    if (format.decimal != CsvFormat::Decimal::Point)
        params["decimal"] = format.decimal == CsvFormat::Decimal::Comma ? "comma" : "either";
    if (format.epoch != CsvFormat::Epoch::None)
        params["epoch"] = format.epoch == CsvFormat::Epoch::Seconds ? "seconds" : "milliseconds";
    return params;
}

}  // namespace rw
