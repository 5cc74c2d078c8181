// Schemas of Avro, and messages of any bytes for those that are some: behind the schema and a kEnd.
#include <algorithm>

#include "core/connect/avro/avro_schema.h"
#include "tests/fuzz/fuzzing.h"

using namespace rw;

std::vector<std::string> rw::fuzz::seeds() {
    const std::string record =
        R"({"type":"record","name":"r","namespace":"n","fields":[{"name":"a","type":["null","int"],"default":null},)"
        R"({"name":"b","type":{"type":"array","items":{"type":"map","values":"n.r"}}},)"
        R"({"name":"c","type":{"type":"fixed","name":"f","size":3,"logicalType":"decimal","precision":5,"scale":1}},)"
        R"({"name":"e","type":{"type":"enum","name":"e","symbols":["x","y"]}}]})";
    return {record + kEnd + std::string("\0\0abc\0", 6), R"(["null",)" + record + "]" + kEnd + "\x02\x02\x0e",
            "\"long\"\x1e\x0e", R"({"type":{"type":"string"}})"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(bytes), size);
    const std::size_t end = std::min(input.find(fuzz::kEnd), input.size());
    Result<AvroSchema> schema = AvroSchema::parse(input.substr(0, end));
    if (!schema.ok()) return 0;
    for (std::size_t type = 0; type < schema->types.size(); ++type)
        fuzz::require(!schema->nameOf(type).empty() && schema->withoutNull(type) < schema->types.size(),
                      "a type has a name");
    MessageFormat format = fuzz::formatWith(
        FormatKind::Avro, {"a INT", "b STRING", "c DECIMAL(5,1)", "e STRING", "x STRING FROM '$.b[0].x.a'"});
    format.avro = std::make_shared<const AvroSchema>(*std::move(schema));
    if (end < size) fuzz::decodeAll(format, input.substr(end + 1));
    return 0;
}
