#pragma once

#include <array>
#include <string_view>

namespace euphone {

/// A unit after a number. `written` is matched as it stands if `exact`, else in any case.
struct Unit {
  std::string_view written;
  std::string_view singular;
  std::string_view plural;
  bool exact = false;
  bool dotted = false;  ///< Only with a full stop: else it is a word.
};

inline constexpr auto kUnits = std::to_array<Unit>({
    {"km/h", "kilometer per hour", "kilometers per hour"},
    {"kmh", "kilometer per hour", "kilometers per hour"},
    {"kph", "kilometer per hour", "kilometers per hour"},
    {"mph", "mile per hour", "miles per hour"},
    {"mpg", "mile per gallon", "miles per gallon"},
    {"m/s", "meter per second", "meters per second"},
    {"ft/s", "foot per second", "feet per second"},
    {"km", "kilometer", "kilometers"},
    {"m", "meter", "meters", true},
    {"cm", "centimeter", "centimeters"},
    {"mm", "millimeter", "millimeters"},
    {"um", "micrometer", "micrometers", true},
    {"nm", "nanometer", "nanometers", true},
    {"mi", "mile", "miles", true},
    {"yd", "yard", "yards"},
    {"yds", "yard", "yards"},
    {"ft", "foot", "feet", true},
    {"in", "inch", "inches", true, true},
    {"kg", "kilogram", "kilograms"},
    {"g", "gram", "grams", true},
    {"mg", "milligram", "milligrams"},
    {"ug", "microgram", "micrograms", true},
    {"lb", "pound", "pounds"},
    {"lbs", "pound", "pounds"},
    {"oz", "ounce", "ounces"},
    {"l", "liter", "liters", true},
    {"L", "liter", "liters", true},
    {"ml", "milliliter", "milliliters"},
    {"cl", "centiliter", "centiliters"},
    {"dl", "deciliter", "deciliters"},
    {"gal", "gallon", "gallons"},
    {"qt", "quart", "quarts"},
    {"pts", "point", "points", true},
    {"doz", "dozen", "dozen"},
    {"tsp", "teaspoon", "teaspoons"},
    {"tbsp", "tablespoon", "tablespoons"},
    {"h", "hour", "hours", true},
    {"hr", "hour", "hours"},
    {"hrs", "hour", "hours"},
    {"min", "minute", "minutes"},
    {"mins", "minute", "minutes"},
    {"s", "second", "seconds", true},
    {"sec", "second", "seconds"},
    {"secs", "second", "seconds"},
    {"ms", "millisecond", "milliseconds", true},
    {"wk", "week", "weeks"},
    {"wks", "week", "weeks"},
    {"mo", "month", "months", true},
    {"mos", "month", "months", true},
    {"yr", "year", "years"},
    {"yrs", "year", "years"},
    {"hz", "hertz", "hertz"},
    {"khz", "kilohertz", "kilohertz"},
    {"mhz", "megahertz", "megahertz"},
    {"ghz", "gigahertz", "gigahertz"},
    {"kb", "kilobyte", "kilobytes"},
    {"mb", "megabyte", "megabytes"},
    {"gb", "gigabyte", "gigabytes"},
    {"tb", "terabyte", "terabytes"},
    {"kbps", "kilobit per second", "kilobits per second"},
    {"mbps", "megabit per second", "megabits per second"},
    {"W", "watt", "watts", true},
    {"kw", "kilowatt", "kilowatts"},
    {"MW", "megawatt", "megawatts", true},
    {"kwh", "kilowatt hour", "kilowatt hours"},
    {"V", "volt", "volts", true},
    {"mv", "millivolt", "millivolts"},
    {"mA", "milliamp", "milliamps", true},
    {"mAh", "milliamp hour", "milliamp hours", true},
    {"ohm", "ohm", "ohms"},
    {"db", "decibel", "decibels"},
    {"hp", "horsepower", "horsepower"},
    {"kcal", "kilocalorie", "kilocalories"},
    {"cal", "calorie", "calories"},
    {"psi", "pound per square inch", "pounds per square inch"},
    {"bpm", "beat per minute", "beats per minute"},
    {"rpm", "revolution per minute", "revolutions per minute"},
    {"fps", "frame per second", "frames per second"},
    {"ppm", "part per million", "parts per million"},
    {"px", "pixel", "pixels"},
    {"mn", "million", "million", true},
    {"bn", "billion", "billion", true},
});

/// What may stand before a unit of length or volume, with or without a full stop: "sq. ft.".
struct UnitPrefix {
  std::string_view written;
  std::string_view spoken;
};
inline constexpr auto kUnitPrefixes = std::to_array<UnitPrefix>({
    {"cu", "cubic"},
    {"cubic", "cubic"},
    {"fl", "fluid"},
    {"sq", "square"},
    {"square", "square"},
});

}  // namespace euphone
