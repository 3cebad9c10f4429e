from accord.kernel.privacy import impersonal

REGISTER = (
    impersonal("places.Place", "code kind name parent iso latitude longitude outline"),
    impersonal("places.PlaceAlias", "place text folded"),
)
