from django.http import HttpResponse
def form(request): return HttpResponse("soon")
